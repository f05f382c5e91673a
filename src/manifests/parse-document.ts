import { type LoadOptions, load, loadAll, type Schema, YAMLException } from 'js-yaml';
import type { DiagnosticCode } from '../model/diagnostic-code.ts';
import { findAliasProblem } from './alias-expansion.ts';
import { createKubernetesSchema, noJsonNumber } from './kubernetes-scalars.ts';

/** Zero-based, inside the document. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type ParsedDocument =
  /** `value` is undefined or null for a document without content. */
  | { readonly value: unknown; readonly duplicateKey?: Position }
  | { readonly code: DiagnosticCode; readonly message: string; readonly at: Position };

/** Levels of nesting; manifests of real clusters stay below 30. */
export const maximumDepth = 128;
const maximumLength = 64 * 1024 * 1024;

/**
 * Reads one document as Kubernetes does. Never throws; time and memory stay in proportion to the text. Documents that
 * are read with one schema share their short texts.
 */
export function parseDocument(text: string, schema: Schema = createKubernetesSchema()): ParsedDocument {
  const unreadable = findUnreadable(text);
  if (unreadable !== undefined) return unreadable;
  const json = parseJson(text);
  if (json !== undefined) return { value: json };

  const parsed = parseYaml(text, schema);
  if ('code' in parsed) return parsed;
  if (text.includes('*') && text.includes('&')) return checkAliases(parsed, text);
  if (text.includes('{{') && hasMapAsKey(parsed.value)) return reportTemplate(text);
  return parsed;
}

function findUnreadable(text: string): ParsedDocument | undefined {
  if (text.length > maximumLength) {
    return { code: 'size-limit', message: `longer than ${maximumLength} characters`, at: { line: 0, column: 0 } };
  }
  const replaced = text.indexOf('\uFFFD');
  if (replaced === -1) return undefined;
  const message = 'bytes here are not UTF-8; save the file as UTF-8';
  return { code: 'invalid-encoding', message, at: positionOf(text, replaced) };
}

/** JSON is read by the faster reader; what only looks like JSON is left to the YAML reader. */
function parseJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isDeeperThan(maximumDepth, value) ? undefined : value;
  } catch {
    return undefined;
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(levels - 1, child));
}

function parseYaml(text: string, schema: Schema, tolerated: Tolerated = nothing): ParsedDocument {
  try {
    const value = loadFirst(text, schema, tolerated);
    return tolerated.duplicateKey ? { value, duplicateKey: tolerated.duplicateKey } : { value };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const at = positionOfError(error, text);
    if (error.reason === 'duplicated mapping key' && tolerated.duplicateKey === undefined)
      return parseYaml(text, schema, { ...tolerated, duplicateKey: at });
    if (error.reason.includes('single document') && !tolerated.moreDocuments)
      return parseYaml(text, schema, { ...tolerated, moreDocuments: true });
    return { code: codeOf(error.reason), message: error.reason, at };
  }
}

/** What Kubernetes puts up with and the reader does not, unless asked to. */
interface Tolerated {
  /** Where a key is first given twice: the last one counts. */
  readonly duplicateKey?: Position;
  /** Something follows `...`: it is ignored. */
  readonly moreDocuments?: boolean;
}

const nothing: Tolerated = {};

function loadFirst(text: string, schema: Schema, { duplicateKey, moreDocuments }: Tolerated): unknown {
  const options: LoadOptions & { readonly maxDepth: number } = {
    schema,
    json: duplicateKey !== undefined,
    maxDepth: maximumDepth,
  };
  return moreDocuments ? loadAll(text, null, options)[0] : load(text, options);
}

function positionOfError({ mark, reason }: YAMLException, text: string): Position {
  if (reason === noJsonNumber) return positionOf(text, Math.max(0, text.search(/[-+]?\.(?:inf|nan)\b/i)));
  return { line: mark?.line ?? 0, column: mark?.column ?? 0 };
}

function codeOf(reason: string): DiagnosticCode {
  if (reason.includes('maxDepth')) return 'nesting-limit';
  if (reason.includes('maxTotalMergeKeys') || reason === 'abnormal merge sequence size') return 'alias-limit';
  return 'yaml-syntax';
}

function checkAliases(parsed: ParsedDocument & { readonly value: unknown }, text: string): ParsedDocument {
  const problem = findAliasProblem(parsed.value, maximumDepth);
  if (problem === undefined) return parsed;
  const anchor = /(?:^|[\s,[{])&\S/.exec(text);
  const at = positionOf(text, anchor === null ? 0 : anchor.index + anchor[0].length - 2);
  if (problem === 'nesting') return { code: 'nesting-limit', message: 'aliases nest too deeply', at };
  const message = problem === 'cycle' ? 'an anchor’s value contains itself' : 'aliases expand to too many values';
  return { code: 'alias-limit', message, at };
}

/** The reader names a key that is a map itself so; it is what an unfinished Helm template looks like to YAML. */
function hasMapAsKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '[object Object]') || Object.values(value).some(hasMapAsKey);
}

function reportTemplate(text: string): ParsedDocument {
  const message = 'a map cannot be a key; is this a template that has not been rendered?';
  return { code: 'yaml-syntax', message, at: positionOf(text, text.indexOf('{{')) };
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length - 1, column: offset - lineStart };
}
