import type { FieldInfluence, Influence } from './influence.ts';

/**
 * The input fields that shape an output, those that shape the least else first: they say most. The path may lead to a
 * field, to what holds it, or into it.
 */
export function fieldsThatShape({ fields }: Influence, outputPath: string): readonly FieldInfluence[] {
  return fields
    .filter(({ outputs }) => outputs.some((output) => touches(output, outputPath)))
    .sort((left, right) => left.outputs.length - right.outputs.length);
}

/** Whether one of the paths leads to the other's field or into it. */
export function touches(left: string, right: string): boolean {
  return left === right || leadsInto(left, right) || leadsInto(right, left);
}

function leadsInto(outer: string, inner: string): boolean {
  return inner.startsWith(outer) && ['.', '['].includes(inner.charAt(outer.length));
}
