import { type FieldPath, parseFieldPath } from '../model/field-path.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { type Section, sections } from './difference.ts';
import { resourcesByName } from './resources-by-name.ts';
import { stepsInto } from './steps-into.ts';

export interface FoundValue {
  /** Written as differences write it. */
  readonly path: FieldPath;
  readonly value: unknown;
}

/**
 * Finds what a path leads to, and writes the path as differences do. Items of lists may be given by name or position,
 * names with or without quotes: `clusters[outbound|443||a.example.com].type` or `clusters["…"].type`.
 * Undefined where the snapshot has no such field.
 */
export function findValue(snapshot: Snapshot, path: string | FieldPath): FoundValue | undefined {
  const [section, name, ...fields] = typeof path === 'string' ? parseOutputPath(path) : path;
  if (!isSection(section)) return undefined;
  const resources = resourcesByName(snapshot, section);
  if (name === undefined) return { path: [section], value: Object.fromEntries(resources) };
  const resource = typeof name === 'number' ? [...resources].at(name) : ([name, resources.get(name)] as const);
  if (resource?.[1] === undefined) return undefined;
  return findInside({ path: [section, resource[0]], value: resource[1] }, fields);
}

/** Goes on from a value that was found. */
export function findInside(outer: FoundValue, fields: FieldPath): FoundValue | undefined {
  return fields.reduce<FoundValue | undefined>(stepInto, outer);
}

function stepInto(found: FoundValue | undefined, step: string | number): FoundValue | undefined {
  if (found === undefined || typeof found.value !== 'object' || found.value === null) return undefined;
  const { path, value } = found;
  if (!Array.isArray(value)) {
    const inner = Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined;
    return inner === undefined ? undefined : { path: [...path, String(step)], value: inner };
  }
  const steps = stepsInto(value, path);
  const index = typeof step === 'number' ? step : steps.indexOf(step);
  if (index < 0 || index >= value.length) return undefined;
  return { path: [...path, steps[index] ?? index], value: value[index] };
}

/** Reads a path into the output. Quotes are a nuisance on a command line: names in brackets may go without. */
export function parseOutputPath(text: string): FieldPath {
  const quoted = text.replace(/\[(?!\d+\])'?([^\]"']+)'?\]/g, (_, name: string) => `[${JSON.stringify(name)}]`);
  return parseFieldPath(quoted);
}

export function isSection(step: unknown): step is Section {
  return (sections as readonly unknown[]).includes(step);
}
