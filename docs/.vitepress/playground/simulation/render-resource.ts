import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { stepsInto } from '../../../../src/diff/steps-into.ts';
import { type FieldPath, formatFieldPath } from '../../../../src/model/field-path.ts';
import { print } from '../../../../src/print/print.ts';
import type { ResourceText } from './protocol.ts';

/** Prints a resource, and says of each line which field it shows. */
export function renderResource(resource: object, path: FieldPath): ResourceText {
  const text = print(resource, { format: 'yaml' }).trimEnd();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, keepSourceTokens: false });
  const paths = new Map<number, FieldPath>();
  // The innermost field that begins on a line comes last and stays.
  const visit = (node: Node | null | undefined, value: unknown, at: FieldPath): void => {
    if (isMap(node)) {
      for (const { key, value: inner } of node.items) {
        const name = String((key as { readonly value?: unknown }).value);
        const innerPath = [...at, name];
        mark((key as Node).range?.[0], innerPath);
        visit(inner as Node | null, (value as Record<string, unknown>)[name], innerPath);
      }
    } else if (isSeq(node) && Array.isArray(value)) {
      const steps = stepsInto(value, at);
      node.items.forEach((item, index) => {
        const innerPath = [...at, steps[index] ?? index];
        mark((item as Node).range?.[0], innerPath);
        visit(item as Node, value[index], innerPath);
      });
    }
  };
  const mark = (offset: number | undefined, at: FieldPath): void => {
    if (offset !== undefined) paths.set(lineCounter.linePos(offset).line, at);
  };
  visit(document.contents, resource, path);
  let current: FieldPath = path;
  return {
    lines: text.split('\n').map((line, index) => {
      current = paths.get(index + 1) ?? current;
      return { text: line, path: formatFieldPath(current) };
    }),
  };
}
