import { expect, it } from 'vitest';
import { Rewriting } from '../../src/live/rewriting.ts';

function rewrite<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  const rewriting = new Rewriting(before);
  for (const item of after) rewriting.add(item);
  return rewriting.list();
}

it('holds what was added, in the same list where that was there', () => {
  const before = [1, undefined, 3];
  expect(rewrite(before, [1, undefined, 3])).toBe(before);
  expect(rewrite(before, [1, undefined])).toEqual([1, undefined]);
  expect(rewrite(before, [1, 2, 3])).toEqual([1, 2, 3]);
  expect(rewrite(before, [1, undefined, 3, undefined])).toEqual([1, undefined, 3, undefined]);
  expect(rewrite([], [undefined, 4])).toEqual([undefined, 4]);
});
