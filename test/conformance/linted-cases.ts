import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, lint, type Scenario } from '../../src/index.ts';
import { recordings } from './recordings.ts';

/** A finding of `istioctl analyze`. */
export interface Analyzed {
  readonly code: string;
  /** `DestinationRule default/name`, without the namespace where the manifest gives none. */
  readonly resource: string;
  readonly line: number;
}

/** The parts of a recorded answer that say whether a finding is right. */
export interface Answer {
  readonly panic?: string;
  readonly meshConfigError?: string;
  readonly clusters?: readonly { readonly name: string }[];
  readonly listeners?: readonly { readonly name: string }[];
  readonly routes?: readonly object[];
  readonly rejected?: readonly { readonly kind: string; readonly namespace: string; readonly name: string }[];
}

export interface LintedCase {
  readonly name: string;
  readonly text: string;
  readonly scenario: Scenario;
  readonly analyzed: readonly Analyzed[];
  /** Whether istioctl gave up on the file. */
  readonly unreadable: boolean;
  readonly answer: Answer;
  /** The clusters that a real Envoy refused to load; absent where none was asked. */
  readonly refused?: readonly string[];
  /** As the scenario's proxy sees it; without a namespace it is in `default`. */
  readonly withScenario: readonly Diagnostic[];
  /** As proxies of every namespace see it. */
  readonly withoutScenario: readonly Diagnostic[];
}

export function lintRecordedCases(): readonly LintedCase[] {
  return readdirSync(recordings, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'analyze.json')
    .sort()
    .map((file) => lintCase(path.dirname(file)));
}

function lintCase(name: string): LintedCase {
  const read = (file: string): string => readFileSync(path.join(recordings, name, file), 'utf8');
  const readJson = <T>(file: string): T => JSON.parse(read(file)) as T;
  const has = (file: string): boolean => existsSync(path.join(recordings, name, file));
  const text = read('input.yaml');
  const scenario: Scenario = has('scenario.yaml') ? readJson<Scenario>('scenario.yaml') : {};
  const analysis = readJson<{ readonly findings?: readonly Analyzed[]; readonly unreadable?: boolean }>('analyze.json');
  const live = has('live.json')
    ? readJson<{ readonly rejected?: object; readonly skipped?: string }>('live.json')
    : undefined;
  const manifests = [{ file: 'input.yaml', text }];
  return {
    name,
    text,
    scenario,
    analyzed: analysis.findings ?? [],
    unreadable: analysis.unreadable ?? false,
    answer: readJson<Answer>('expected.json'),
    ...(live && !live.skipped && { refused: listRefused(live.rejected) }),
    withScenario: lint(manifests, { ...scenario, proxy: { namespace: 'default', ...scenario.proxy } }),
    withoutScenario: lint(manifests),
  };
}

function listRefused(rejected: unknown): readonly string[] {
  return JSON.stringify(rejected ?? []).match(/outbound\|\d+\|[^|"]*\|[^":\\ ]+/g) ?? [];
}

/** Whether one of ours on the same resource names the code. */
export function isReported(diagnostics: readonly Diagnostic[], { code, resource }: Analyzed): boolean {
  const [kind, place = ''] = resource.split(' ');
  const [namespace, name] = place.includes('/') ? place.split('/') : [undefined, place];
  return diagnostics.some(
    ({ seeAlso, resource: ours }) =>
      ours !== undefined &&
      (ours.kind === 'KubernetesGateway' ? 'Gateway' : ours.kind) === kind &&
      ours.name === name &&
      (namespace === undefined || ours.namespace === namespace) &&
      seeAlso?.includes(code),
  );
}
