import type { Report, SourceRange } from '../model/diagnostic.ts';
import { flatten } from '../model/flatten.ts';
import type { Resource } from '../model/resource.ts';
import type { Manifest } from './manifest.ts';
import { type ParsedDocument, type Position, parseDocument } from './parse-document.ts';
import { type Reading, type RefusedResource, readObject } from './read-object.ts';
import { createReader, type Reader } from './reader.ts';
import { createRangeFinder } from './source-range.ts';
import { type DocumentText, splitDocuments } from './split-documents.ts';
import { splitJsonStream } from './split-json-stream.ts';

export type { Manifest } from './manifest.ts';
export type { RefusedResource } from './read-object.ts';

export interface ReadManifests {
  /** Of the kinds that are simulated, in the order of the input. */
  readonly resources: readonly Resource[];
  readonly refused: readonly RefusedResource[];
}

/**
 * Reads Kubernetes manifests as `kubectl apply` and the API server would.
 *
 * A document that cannot be read, a resource with a field of the wrong type and a kind that is not simulated are
 * left out, each with a diagnostic; everything else is still read. Unknown fields are ignored with a diagnostic.
 * Never throws.
 */
export function readManifests(input: string | readonly Manifest[], report: Report): ReadManifests {
  return readDocuments(flatten(listManifests(input).map(splitDocuments)), report, createReader());
}

/** A plain string is the file `<input>`. */
export function listManifests(input: string | readonly Manifest[]): readonly Manifest[] {
  return typeof input === 'string' ? [{ file: '<input>', text: input }] : input;
}

/** Each document is read by itself. */
export function readDocuments(documents: readonly DocumentText[], report: Report, reader: Reader): ReadManifests {
  const resources: Resource[] = [];
  const refused: RefusedResource[] = [];
  const reading: Reading = { resources, refused, report, findRange: createRangeFinder(), reader };
  for (const document of documents) readDocument(document, reading);
  return { resources, refused };
}

function readDocument(document: DocumentText, reading: Reading): void {
  const parsed = parseDocument(document.text, reading.reader.schema);
  if ('code' in parsed) {
    const parts = splitJsonStream(document.text);
    if (parts.length > 1) readJsonStream(document, parts, reading);
    else reportUnreadable(document, parsed, reading);
  } else if (document.afterSeparator !== '' && !document.afterSeparator.startsWith('#')) {
    reportSeparator(document, reading);
  } else if (parsed.value !== undefined && parsed.value !== null) {
    if (parsed.duplicateKey !== undefined) reportDuplicateKey(document, parsed.duplicateKey, reading);
    readObject(parsed.value, document, reading);
  }
}

function readJsonStream(
  { file, text, firstLine, path }: DocumentText,
  parts: readonly { readonly start: number; readonly end: number }[],
  reading: Reading,
): void {
  let line = firstLine;
  let counted = 0;
  for (const { start, end } of parts) {
    line += text.slice(counted, start).split('\n').length - 1;
    counted = start;
    const part = text.slice(start, end);
    readDocument({ file, text: part, firstLine: line, path, afterSeparator: '' }, reading);
  }
}

function reportUnreadable(
  document: DocumentText,
  failure: Extract<ParsedDocument, { readonly code: unknown }>,
  { report }: Reading,
): void {
  report({
    code: failure.code,
    severity: 'error',
    message: `This document cannot be read and is left out: ${failure.message}${/[.?]$/.test(failure.message) ? '' : '.'}`,
    range: pointAt(document, failure.at),
  });
}

/** kubectl refuses text behind `---`, although YAML would allow it. */
function reportSeparator(document: DocumentText, { report }: Reading): void {
  report({
    code: 'yaml-syntax',
    severity: 'error',
    message: `This document is left out: only a comment may follow "---", not "${document.afterSeparator.slice(0, 40)}".`,
    range: pointAt(document, { line: -1, column: 3 }),
  });
}

function reportDuplicateKey(document: DocumentText, at: Position, { report }: Reading): void {
  report({
    code: 'field-duplicate',
    severity: 'warning',
    message: 'This key is given twice in one map; the last one counts.',
    range: pointAt(document, at),
  });
}

function pointAt({ file, firstLine }: DocumentText, { line, column }: Position): SourceRange {
  return {
    file,
    line: firstLine + line,
    column: column + 1,
    endLine: firstLine + line,
    endColumn: column + 2,
  };
}
