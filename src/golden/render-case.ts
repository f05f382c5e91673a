import type { Manifest } from '../manifests/read-manifests.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Scenario } from '../model/scenario.ts';
import { print } from '../print/print.ts';
import { translate } from '../translate.ts';

/** The files that a golden case may hold beside its input. */
export const goldenFileNames = [
  'clusters.yaml',
  'listeners.yaml',
  'routes.yaml',
  'endpoints.yaml',
  'names.yaml',
  'diagnostics.txt',
] as const;

export type GoldenFileName = (typeof goldenFileNames)[number];

/** Translates one case and prints one file an xDS type. A section without content has no file. */
export function renderCase(manifests: readonly Manifest[], scenario: Scenario): ReadonlyMap<GoldenFileName, string> {
  const translation = translate(manifests, scenario);
  const yaml = (value: readonly unknown[]): string => (value.length === 0 ? '' : print(value, { format: 'yaml' }));
  const names = translation.nameTable.table;
  const contents: Readonly<Record<GoldenFileName, string>> = {
    'clusters.yaml': yaml(translation.clusters),
    'listeners.yaml': yaml(translation.listeners),
    'routes.yaml': yaml(translation.routes),
    'endpoints.yaml': yaml(translation.endpoints),
    'names.yaml': Object.keys(names).length === 0 ? '' : print(names, { format: 'yaml' }),
    'diagnostics.txt': translation.diagnostics.map((diagnostic) => `${diagnosticText(diagnostic)}\n`).join(''),
  };
  return new Map(
    goldenFileNames.map((name) => [name, contents[name]] as const).filter(([, content]) => content !== ''),
  );
}

function diagnosticText({ code, severity, message, resource, path, range }: Diagnostic): string {
  const place = range ? `${range.file}:${range.line}:${range.column} ` : '';
  const subject = resource ? ` ${resource.kind} ${resource.namespace}/${resource.name}` : '';
  return `${place}${severity} ${code}${subject}${path ? ` ${path}` : ''}: ${message}`;
}
