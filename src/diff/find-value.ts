import { type FieldPath, parseFieldPath } from '../model/field-path.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { type Section, sections } from './difference.ts';
import { resourcesByName } from './resources-by-name.ts';
import { stepsInto } from './steps-into.ts';

/**
 * Finds what a path leads to, and writes the path as differences do. Items of lists may be given by name or position,
 * names with or without quotes: `clusters[outbound|443||a.example.com].type` or `clusters["…"].type`.
 * Undefined where the snapshot has no such field.
 */
export function findValue(
  snapshot: Snapshot,
  path: string | FieldPath,
): { readonly path: FieldPath; readonly value: unknown } | undefined {
  const [section, name, ...fields] = typeof path === 'string' ? parseOutputPath(path) : path;
  if (!sections.includes(section as Section)) return undefined;
  const resources = resourcesByName(snapshot, section as Section);
  if (name === undefined) return { path: [section as Section], value: Object.fromEntries(resources) };
  const resource = typeof name === 'number' ? [...resources].at(name) : ([name, resources.get(name)] as const);
  if (resource?.[1] === undefined) return undefined;
  return fields.reduce<Found | undefined>(stepInto, { path: [section as Section, resource[0]], value: resource[1] });
}

interface Found {
  readonly path: FieldPath;
  readonly value: unknown;
}

function stepInto(found: Found | undefined, step: string | number): Found | undefined {
  if (found === undefined || typeof found.value !== 'object' || found.value === null) return undefined;
  const { path, value } = found;
  if (!Array.isArray(value)) {
    const inner = (value as Record<string, unknown>)[step];
    return inner === undefined ? undefined : { path: [...path, String(step)], value: inner };
  }
  const steps = stepsInto(value, path);
  const index = typeof step === 'number' ? step : steps.indexOf(step);
  if (index < 0 || index >= value.length) return undefined;
  return { path: [...path, steps[index] ?? index], value: value[index] };
}

/** Quotes are a nuisance on a command line: what stands in brackets may go without. */
function parseOutputPath(text: string): FieldPath {
  const quoted = text.replace(/\[(?!\d+\])'?([^\]"']+)'?\]/g, (_, name: string) => `[${JSON.stringify(name)}]`);
  return parseFieldPath(quoted);
}
