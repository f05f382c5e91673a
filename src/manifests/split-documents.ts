import type { Source } from '../model/resource.ts';
import type { Manifest } from './manifest.ts';

/** One document of a stream, not parsed yet. */
export interface DocumentText extends Source {
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
  for (let at = 0, line = 1; at < stream.length; line++) {
    const lineEnd = endOfLine(stream, at);
    if (stream.charCodeAt(at) === dash && stream.startsWith('---', at)) {
      documents.push({ file, text: stream.slice(start, at), firstLine, path: wholeDocument, afterSeparator });
      start = lineEnd;
      // After a separator that ends the file, this line is one that is not there.
      firstLine = line + 1;
      afterSeparator = stream.slice(at + 3, lineEnd).trim();
    }
    at = lineEnd;
  }
  documents.push({ file, text: stream.slice(start), firstLine, path: wholeDocument, afterSeparator });
  return documents;
}

const dash = 0x2d;
const wholeDocument: Source['path'] = [];

/** Offset just after the line's break. */
function endOfLine(stream: string, from: number): number {
  const found = stream.indexOf('\n', from);
  return found === -1 ? stream.length : found + 1;
}
