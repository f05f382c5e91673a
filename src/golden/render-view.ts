import { RequestFollower } from '../hops/request-follower.ts';
import type { LiveMesh } from '../live/create-mesh.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Scenario } from '../model/scenario.ts';
import { print } from '../print/print.ts';
import type { Translation } from '../translate.ts';
import type { CaseRequest } from './golden-case.ts';
import { renderExplanations } from './render-explanations.ts';
import { renderTraces } from './render-traces.ts';

/** The files that a proxy's folder may hold. */
export const goldenFileNames = [
  'clusters.yaml',
  'listeners.yaml',
  'routes.yaml',
  'endpoints.yaml',
  'names.yaml',
  'explanations.yaml',
  'diagnostics.txt',
] as const;

export type GoldenFileName = (typeof goldenFileNames)[number];

/** Files by their names; a section without content has no file. */
export type GoldenFiles = ReadonlyMap<GoldenFileName, string>;

export function isGoldenFileName(name: string): name is GoldenFileName {
  return (goldenFileNames as readonly string[]).includes(name);
}

export interface ViewOptions {
  readonly requests?: readonly CaseRequest[];
  /** Of the manifests, where it is known from before. */
  readonly mesh?: LiveMesh | undefined;
}

/** Translates for one proxy and prints one file an xDS type, where requests go, and what there is to say. */
export function renderView(
  manifests: readonly Manifest[],
  scenario: Scenario,
  { requests = [], mesh }: ViewOptions = {},
): GoldenFiles {
  const { traces = [] } = scenario;
  if (mesh && traces.length === 0) return renderTranslation(mesh.view(scenario), requests);
  const follower = new RequestFollower(manifests, scenario);
  return renderTranslation(follower.translation, requests, renderTraces(follower, traces));
}

export function renderTranslation(
  translation: Translation,
  requests: readonly CaseRequest[] = [],
  traces: readonly object[] = [],
): GoldenFiles {
  const { clusters, listeners, routes, endpoints, nameTable, diagnostics } = translation;
  const contents: Readonly<Record<GoldenFileName, string>> = {
    'clusters.yaml': yaml(clusters),
    'listeners.yaml': yaml(listeners),
    'routes.yaml': yaml(routes),
    'endpoints.yaml': yaml(endpoints),
    'names.yaml': yaml(nameTable.table),
    'explanations.yaml': yaml([...renderExplanations(translation, requests), ...traces]),
    'diagnostics.txt': diagnostics.map((diagnostic) => `${diagnosticText(diagnostic)}\n`).join(''),
  };
  return new Map(
    goldenFileNames.map((name) => [name, contents[name]] as const).filter(([, content]) => content !== ''),
  );
}

function yaml(value: object): string {
  return Object.keys(value).length === 0 ? '' : print(value, { format: 'yaml' });
}

function diagnosticText({ code, severity, message, resource, path, range }: Diagnostic): string {
  const place = range ? `${range.file}:${range.line}:${range.column} ` : '';
  const subject = resource ? ` ${resource.kind} ${resource.namespace}/${resource.name}` : '';
  return `${place}${severity} ${code}${subject}${path ? ` ${path}` : ''}: ${message}`;
}
