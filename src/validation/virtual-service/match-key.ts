import type { HTTPMatchRequest } from '../../model/istio/virtual-service.ts';

const stringMatches: ReadonlySet<string> = new Set<keyof HTTPMatchRequest>(['uri', 'scheme', 'method', 'authority']);

/** The same text for matches that differ only in name, in the order of fields, or in fields set to their default. */
export function matchKey(match: object): string {
  const fields = Object.entries(match).filter(([name, value]) => name !== 'name' && !isDefault(name, value));
  return JSON.stringify(fields.map(([name, value]) => [name, sortedEntries(value)]).sort(compareNames));
}

function isDefault(name: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return value === '' || value === 0 || value === false || value === undefined;
  return !stringMatches.has(name) && Object.keys(value).length === 0;
}

function sortedEntries(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).sort(compareNames);
}

function compareNames([left]: readonly unknown[], [right]: readonly unknown[]): number {
  return String(left) < String(right) ? -1 : Number(left !== right);
}
