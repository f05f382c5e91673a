import type { Diagnostic } from '../model/diagnostic.ts';
import { diagnosticCodes } from '../model/diagnostic-code.ts';
import { nearestName } from '../model/nearest-name.ts';
import { type Resource, referenceOf } from '../model/resource.ts';

const annotation = 'xdsim.dev/ignore';

interface Suppression {
  readonly code: string;
  /** Absent for the whole input. */
  readonly resource?: Resource;
  used: boolean;
}

/** Leaves out what annotations and options ignore, and reports those that ignore nothing. */
export function suppress(
  diagnostics: readonly Diagnostic[],
  resources: readonly Resource[],
  ignored: readonly string[],
): readonly Diagnostic[] {
  const everywhere = new Map(ignored.map((code): [string, Suppression] => [code, { code, used: false }]));
  const byResource = readAnnotations(resources);
  if (everywhere.size === 0 && byResource.size === 0) return diagnostics;
  const heard = diagnostics.filter(({ code, resource }) => {
    const suppression =
      (resource && byResource.get(keyOf(resource))?.find((one) => one.code === code)) ?? everywhere.get(code);
    if (suppression) suppression.used = true;
    return !suppression;
  });
  const unused = [...byResource.values(), [...everywhere.values()]].flat().filter(({ used }) => !used);
  return [...heard, ...unused.map(reportUnused)];
}

function readAnnotations(resources: readonly Resource[]): ReadonlyMap<string, readonly Suppression[]> {
  const found = new Map<string, readonly Suppression[]>();
  for (const resource of resources) {
    const text = resource.metadata.annotations[annotation];
    if (text === undefined) continue;
    const codes = text.split(',').flatMap((code) => code.trim() || []);
    found.set(
      keyOf(referenceOf(resource)),
      [...new Set(codes)].map((code) => ({ code, resource, used: false })),
    );
  }
  return found;
}

const keyOf = ({ kind, namespace, name }: ReturnType<typeof referenceOf>): string => `${kind}/${namespace}/${name}`;

function reportUnused({ code, resource }: Suppression): Diagnostic {
  const isKnown = Object.hasOwn(diagnosticCodes, code);
  const meant = isKnown ? undefined : nearestName(code, Object.keys(diagnosticCodes));
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  const what = isKnown
    ? `"${code}" is ignored but not reported; remove it.`
    : `"${code}" is no code of lint, so ignoring it does nothing.${hint}`;
  return {
    code: 'suppression-unused',
    severity: 'warning',
    message: what,
    ...(resource && { resource: referenceOf(resource), path: `metadata.annotations["${annotation}"]` }),
  };
}
