import fs from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { load } from 'js-yaml';
import type { Manifest } from '../manifests/manifest.ts';
import type { IstioVersion, ProxyScenario, Scenario } from '../model/scenario.ts';
import { chooseWord } from './choose.ts';
import { UsageError } from './exit-status.ts';
import { fileProblem } from './file-problem.ts';

/** The options that every command which reads manifests takes, for `parseArgs`. */
export const inputOptions = {
  file: { type: 'string', short: 'f', multiple: true },
  scenario: { type: 'string' },
  namespace: { type: 'string' },
  'proxy-labels': { type: 'string' },
  'proxy-type': { type: 'string' },
  'istio-version': { type: 'string' },
  'dns-capture': { type: 'boolean' },
  'registry-only': { type: 'boolean' },
} as const;

export interface InputValues {
  readonly file?: readonly string[] | undefined;
  readonly scenario?: string | undefined;
  readonly namespace?: string | undefined;
  readonly 'proxy-labels'?: string | undefined;
  readonly 'proxy-type'?: string | undefined;
  readonly 'istio-version'?: string | undefined;
  readonly 'dns-capture'?: boolean | undefined;
  readonly 'registry-only'?: boolean | undefined;
}

/** Reads the manifests that `-f` names, in the order given; a folder's files in the order of their paths. */
export async function readInputs(files: readonly string[] | undefined): Promise<readonly Manifest[]> {
  if (!files || files.length === 0)
    throw new UsageError('no input: name a file, a folder or - (standard input) with -f.');
  const manifests: Manifest[] = [];
  for (const file of files) {
    if (file === '-') manifests.push({ file: '(standard input)', text: await text(process.stdin) });
    else for (const found of manifestFiles(file)) manifests.push({ file: found, text: readText(found) });
  }
  return manifests;
}

const manifestEndings = ['.yaml', '.yml', '.json'];

function manifestFiles(file: string): readonly string[] {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`${file}: no such file or folder.`);
  if (!stat.isDirectory()) return [file];
  const found = fs
    .readdirSync(file, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && manifestEndings.includes(path.extname(entry.name)))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  if (found.length === 0) throw new UsageError(`${file}: the folder holds no ${manifestEndings.join(', ')} files.`);
  return found;
}

export function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: ${fileProblem(error)}.`);
  }
}

/** The scenario file as it stands, for the positions of its fields. */
export function readScenarioManifest({ scenario }: InputValues): Manifest | undefined {
  return scenario === undefined ? undefined : { file: scenario, text: readText(scenario) };
}

/** The scenario file with the command line's own options over it. */
export function readScenarioOptions(values: InputValues): Scenario {
  const file: Scenario = values.scenario === undefined ? {} : readScenarioFile(values.scenario);
  const proxy: ProxyScenario = {
    ...file.proxy,
    ...(values.namespace !== undefined && { namespace: values.namespace }),
    ...(values['proxy-type'] !== undefined && {
      type: chooseWord('--proxy-type', values['proxy-type'], ['sidecar', 'router', 'waypoint']),
    }),
    ...(values['proxy-labels'] !== undefined && { labels: readLabels(values['proxy-labels']) }),
    ...(values['dns-capture'] && { metadata: { ...file.proxy?.metadata, DNS_CAPTURE: 'true' } }),
  };
  return {
    ...file,
    proxy,
    ...(values['istio-version'] !== undefined && {
      istioVersion: readIstioVersion(values['istio-version'], '--istio-version'),
    }),
    ...(values['registry-only'] && {
      meshConfig: { ...file.meshConfig, outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
    }),
  };
}

function readScenarioFile(file: string): Scenario {
  const content = readText(file);
  try {
    const value = load(content, { filename: file }) ?? {};
    if (typeof value !== 'object' || Array.isArray(value))
      throw new UsageError(`${file}: a scenario is a mapping with proxy, meshConfig, features, requests.`);
    return value as Scenario;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}

export function readIstioVersion(text: string, option: string): IstioVersion {
  return chooseWord(option, text, ['1.29', '1.30', '1.31']);
}

function readLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [key = '', ...value] = pair.split('=');
      if (key === '' || value.length === 0)
        throw new UsageError(`--proxy-labels "${pair}": write key=value, several separated by commas.`);
      return [key, value.join('=')];
    }),
  );
}
