import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';
import { type IssuedCertificate, issueCertificate } from '../../../src/envoy/issue-certificate.ts';
import { findEnvoy } from './envoy-binary.ts';
import { findNamespace } from './namespace.ts';
import { authorityName } from './upstreams.ts';

/** What every test file needs to start a lab. */
export interface LabEnvironment {
  /** Why there are no labs on this machine; everything is skipped then. */
  readonly impossible?: string;
  readonly namespace: readonly string[];
  readonly script: string;
  /** Where labs make their folders. */
  readonly folder: string;
  readonly envoy: string;
  /** Signs the certificates of upstreams and of the proxy. */
  readonly authority: IssuedCertificate;
  readonly own: IssuedCertificate;
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
      authority: nothing,
      own: nothing,
    });
    return undefined;
  }
  const envoy = findEnvoy();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'xdsim-envoy-'));
  const clear = (): void => fs.rmSync(folder, { recursive: true, force: true });
  // Also when the run is interrupted, or fails before it begins.
  process.once('exit', clear);
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
  const authority = issueCertificate({ commonName: authorityName });
  const own = issueCertificate({ commonName: 'proxy', issuer: authority });
  project.provide('lab', { namespace: found.args, script, folder, envoy, authority: pems(authority), own: pems(own) });
  return clear;
}

const nothing: IssuedCertificate = { certificate: '', privateKey: '' };

/** Without the key object, which cannot travel between processes. */
const pems = ({ certificate, privateKey }: IssuedCertificate): IssuedCertificate => ({ certificate, privateKey });
