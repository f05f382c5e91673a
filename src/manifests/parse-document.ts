import { type LoadOptions, load, YAMLException } from 'js-yaml';
import type { DiagnosticCode } from '../model/diagnostic-code.ts';
import { findAliasProblem } from './alias-expansion.ts';
import { kubernetesSchema } from './kubernetes-scalars.ts';

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

/** Reads one document as Kubernetes does. Never throws; time and memory stay in proportion to the text. */
export function parseDocument(text: string): ParsedDocument {
  const unreadable = findUnreadable(text);
  if (unreadable !== undefined) return unreadable;
  const json = parseJson(text);
  if (json !== undefined) return { value: json };

  const parsed = parseYaml(text, false);
  if (!('code' in parsed) && text.includes('*') && text.includes('&')) return checkAliases(parsed, text);
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

/** Where a key is given twice, Kubernetes takes the last; the reader refuses unless told to behave as for JSON. */
function parseYaml(text: string, lastKeyWins: boolean): ParsedDocument {
  const options: LoadOptions & { readonly maxDepth: number } = {
    schema: kubernetesSchema,
    json: lastKeyWins,
    maxDepth: maximumDepth,
  };
  try {
    return { value: load(text, options) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const at: Position = { line: error.mark?.line ?? 0, column: error.mark?.column ?? 0 };
    if (error.reason === 'duplicated mapping key' && !lastKeyWins) {
      const parsed = parseYaml(text, true);
      return 'code' in parsed ? parsed : { ...parsed, duplicateKey: at };
    }
    return { code: codeOf(error.reason), message: error.reason, at };
  }
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

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length - 1, column: offset - lineStart };
}
