import type { Field } from '../field.ts';

/**
 * Checks that localities `region/zone/subzone` do not overlap. A wildcard can only end a locality.
 *
 * As istiod does, a wildcard is only noticed by the localities after it; for the targets of a distribution, which
 * istiod takes in the random order of a Go map, that is the order in the manifest.
 */
export function validateLocalities(localities: readonly string[], field: Field): void {
  const seen: string[][] = [];
  for (const locality of localities) {
    const parts = splitLocality(locality);
    const problem = localityProblem(locality, parts, seen);
    if (problem !== undefined) {
      field.refuse(problem);
      return;
    }
    seen.push(parts);
  }
}

function localityProblem(
  locality: string,
  parts: readonly string[],
  seen: readonly (readonly string[])[],
): string | undefined {
  const wildcards = locality.split('*').length - 1;
  if (wildcards > 1 || (wildcards === 1 && !locality.endsWith('*'))) {
    return `Locality "${locality}" can only have one wildcard, at its end.`;
  }
  if (parts.includes('')) return `Locality "${locality}" has an empty region, zone or subzone.`;
  const overlapping = seen.find((earlier) => covers(earlier, parts) || isWithin(earlier, parts));
  return overlapping && `Locality "${locality}" overlaps "${overlapping.join('/')}"; remove one of them.`;
}

function splitLocality(locality: string): string[] {
  const [region = '', zone, ...subzone] = locality.split('/');
  if (zone === undefined) return [region];
  return subzone.length === 0 ? [region, zone] : [region, zone, subzone.join('/')];
}

/** Whether all that `inner` names lies in `outer`; a missing part of `outer` stands for everything, like `*`. */
function covers(outer: readonly string[], inner: readonly string[]): boolean {
  const depth = outer.indexOf('*');
  const fixed = depth < 0 ? outer : outer.slice(0, depth);
  return fixed.every((part, index) => part === inner[index]);
}

/** Whether `earlier` names a part of what `later` names without a wildcard. */
function isWithin(earlier: readonly string[], later: readonly string[]): boolean {
  return later.every((part, index) => part === earlier[index]);
}
