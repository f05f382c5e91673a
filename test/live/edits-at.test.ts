import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editsAt, replaceParts } from '../../src/live/edits.ts';

it('edits by places make of one list the other, and do not touch', () => {
  const pool = Array.from({ length: 12 }, (_, index) => ({ index }));
  const list = fc.uniqueArray(fc.integer({ min: 0, max: 11 })).map((picks) => picks.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(list, list, (before, after) => {
      const [old, now] = [before.map((at) => pool[at]), after.map((at) => pool[at])];
      const removed = before.flatMap((at, place) => (after.includes(at) ? [] : [place]));
      const added = after.flatMap((at, place) => (before.includes(at) ? [] : [place]));
      const edits = editsAt(removed, added);
      const replaced = replaceParts(
        old,
        edits.map((edit) => ({ edit, items: now.slice(edit.start, edit.end) })),
      );
      expect(replaced).toEqual(now);
      for (const [index, { to, from, start, end }] of edits.entries()) {
        expect(to - from + end - start).toBeGreaterThan(0);
        expect(edits[index + 1]?.from ?? Infinity).toBeGreaterThan(to);
      }
    }),
  );
});
