import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import type { SourceRange } from '../model/diagnostic.ts';
import { type FieldPath, parseFieldPath } from '../model/field-path.ts';
import type { Source } from '../model/resource.ts';
import { resolveScalar } from './kubernetes-scalars.ts';

export interface RangeOptions {
  /** Inside the resource: `spec.ports[0].protocol`, or its parts. */
  readonly path: string | FieldPath;
  /** Whether the range covers the field's name or its value. A field that is absent gives the nearest one above. */
  readonly part?: 'key' | 'value';
}

/** Finds the line and column of a field. */
export type RangeFinder = (source: Source, options: RangeOptions) => SourceRange;

/**
 * Positions cost much more than values, so only the document that somebody asks about is parsed for them,
 * once for each finder. Create one finder for each batch of questions.
 */
export function createRangeFinder(): RangeFinder {
  const parsed = new Map<string, PositionedDocument>();
  return (source, options) => {
    const document = parsed.get(source.text) ?? new PositionedDocument(source.text);
    parsed.set(source.text, document);
    return document.find(source, options);
  };
}

/** Finds the line and column of one field. */
export const rangeOf: RangeFinder = (source, options) => createRangeFinder()(source, options);

class PositionedDocument {
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.document = parseDocument(text, {
      lineCounter: this.lines,
      logLevel: 'silent',
      merge: true,
      strict: false,
      uniqueKeys: false,
    });
  }

  find(source: Source, { path, part = 'value' }: RangeOptions): SourceRange {
    const fields = typeof path === 'string' ? parseFieldPath(path) : path;
    let value: unknown = this.document.contents;
    let key: unknown;
    let nearest: unknown = value;
    for (const step of [...source.path, ...fields]) {
      const found = this.step(value, step);
      if (found === undefined) return this.toRange(source, nearest);
      ({ key, value } = found);
      nearest = isNode(key) ? key : (value ?? nearest);
    }
    const wanted = part === 'key' ? (key ?? value) : value;
    return this.toRange(source, isNode(wanted) && wanted.range ? wanted : nearest);
  }

  private step(within: unknown, step: string | number): { readonly key: unknown; readonly value: unknown } | undefined {
    const node = this.resolve(within);
    if (isSeq(node)) return { key: undefined, value: node.items[Number(step)] };
    if (!isMap(node)) return undefined;
    const pair =
      node.items.findLast((item) => keyText(item.key) === String(step)) ??
      node.items.findLast((item) => lowerCamel(keyText(item.key)) === step);
    return pair ?? this.stepIntoMerged(node.items, step);
  }

  /** A field can come from `<<: *defaults`. */
  private stepIntoMerged(items: readonly unknown[], step: string | number): ReturnType<PositionedDocument['step']> {
    for (const item of items) {
      if (!isPair(item) || !isScalar(item.key) || item.key.source !== '<<') continue;
      const merged = this.resolve(item.value);
      for (const source of isSeq(merged) ? merged.items : [merged]) {
        const found = this.step(source, step);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  private resolve(node: unknown): Node | undefined {
    if (isAlias(node)) return node.resolve(this.document);
    return isNode(node) ? node : undefined;
  }

  private toRange(source: Source, node: unknown): SourceRange {
    const [start, blockEnd] = isNode(node) && node.range ? node.range : [0, 0];
    // A block ends before the next line, not at its beginning.
    const end = start + this.text.slice(start, blockEnd).trimEnd().length;
    const from = this.lines.linePos(start);
    const to = this.lines.linePos(end);
    return {
      file: source.file,
      line: source.firstLine + Math.max(from.line, 1) - 1,
      column: Math.max(from.col, 1),
      endLine: source.firstLine + Math.max(to.line, 1) - 1,
      endColumn: Math.max(to.col, 1),
    };
  }
}

/** A key as Kubernetes reads it: `on` is `true`. */
function keyText(key: unknown): string {
  if (!isScalar(key)) return '';
  return key.type === 'PLAIN' ? String(resolveScalar(key.source ?? '')) : String(key.value);
}

function lowerCamel(name: string): string {
  return name.replace(/_+([a-zA-Z0-9])/g, (_, next: string) => next.toUpperCase());
}
