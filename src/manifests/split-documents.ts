import type { Manifest } from './manifest.ts';

/** One document of a stream, not parsed yet. */
export interface DocumentText {
  readonly file: string;
  readonly text: string;
  /** Line of the file, from 1, on which `text` begins. */
  readonly firstLine: number;
  /** What stands on the separator line before the document; only a comment may. */
  readonly afterSeparator: string;
}

const byteOrderMark = '\uFEFF';

/**
 * Splits a stream where a line begins with `---`, before any YAML is parsed, as kubectl does:
 * a broken document does not take its neighbours with it.
 * Source: k8s.io/apimachinery `pkg/util/yaml/decoder.go`, YAMLReader.
 */
export function splitDocuments({ file, text }: Manifest): readonly DocumentText[] {
  const stream = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  const documents: DocumentText[] = [];
  let start = 0;
  let firstLine = 1;
  let afterSeparator = '';
  let separator = stream.startsWith('---') ? 0 : findSeparator(stream, 0);
  while (separator !== -1) {
    documents.push({ file, text: stream.slice(start, separator), firstLine, afterSeparator });
    const lineEnd = endOfLine(stream, separator);
    // After a separator that ends the file, the next line is one that is not there.
    firstLine += countLines(stream, start, lineEnd) + (stream[lineEnd - 1] === '\n' ? 0 : 1);
    afterSeparator = stream.slice(separator + 3, lineEnd).trim();
    start = lineEnd;
    separator = findSeparator(stream, lineEnd - 1);
  }
  documents.push({ file, text: stream.slice(start), firstLine, afterSeparator });
  return documents;
}

/** Offset of the next `---` that begins a line after `from`, or -1. */
function findSeparator(stream: string, from: number): number {
  const found = stream.indexOf('\n---', from);
  return found === -1 ? -1 : found + 1;
}

/** Offset just after the line's break. */
function endOfLine(stream: string, from: number): number {
  const found = stream.indexOf('\n', from);
  return found === -1 ? stream.length : found + 1;
}

function countLines(stream: string, start: number, end: number): number {
  let count = 0;
  for (let at = stream.indexOf('\n', start); at !== -1 && at < end; at = stream.indexOf('\n', at + 1)) count++;
  return count;
}
