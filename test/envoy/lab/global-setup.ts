import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';
import { issueCertificate } from '../../../src/envoy/issue-certificate.ts';
import { findEnvoy } from './envoy-binary.ts';
import { findNamespace } from './namespace.ts';

/** What every test file needs to start a lab. */
export interface LabEnvironment {
  /** Why there are no labs on this machine; everything is skipped then. */
  readonly impossible?: string;
  readonly namespace: readonly string[];
  readonly script: string;
  /** Where labs make their folders. */
  readonly folder: string;
  readonly envoy: string;
  readonly certificate: string;
  readonly privateKey: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    lab: LabEnvironment;
  }
}

export default async function setUp(project: TestProject): Promise<(() => void) | undefined> {
  const found = findNamespace();
  if ('impossible' in found) {
    console.log(
      `A real Envoy: skipped, because this machine allows no private network namespace (${found.impossible}).`,
    );
    project.provide('lab', {
      ...found,
      namespace: [],
      script: '',
      folder: '',
      envoy: '',
      certificate: '',
      privateKey: '',
    });
    return undefined;
  }
  const envoy = findEnvoy();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'xdsim-envoy-'));
  const script = path.join(folder, 'lab-process.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'lab-process.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  const { certificate, privateKey } = issueCertificate({ commonName: 'upstream' });
  project.provide('lab', { namespace: found.args, script, folder, envoy, certificate, privateKey });
  return () => fs.rmSync(folder, { recursive: true, force: true });
}
