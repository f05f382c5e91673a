import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Linked, linkAll, relink } from '../../src/live/linked.ts';
import { Succession } from '../../src/live/succession.ts';
import type { Chaining } from '../../src/model/memory.ts';

interface Item {
  readonly wants: number;
}
interface Given {
  readonly item: Item;
  readonly from: number;
}
interface Next {
  readonly next: number;
}

const succession = new Succession();

/** Numbers are given out; the identity of what begins counts. */
const giving = (begin: Next): Chaining<Item, Given, Next> & { asked: number } => {
  const chaining = {
    begin,
    asked: 0,
    next(item: Item, state: Next) {
      chaining.asked++;
      return { value: { item, from: state.next }, state: { next: state.next + item.wants } };
    },
    isSameState: (one: Next, other: Next) => one.next === other.next,
    isSameValue: (one: Given, other: Given) => one.from === other.from,
  };
  return chaining;
};

describe('items that are linked again', () => {
  it('become what they would become from the beginning, and keep what is the same', () => {
    const pool = Array.from({ length: 12 }, (_, index): Item => ({ wants: index % 3 }));
    const lists = fc.array(
      fc
        .uniqueArray(fc.integer({ min: 0, max: 11 }), { maxLength: 12 })
        .map((picks) => picks.map((at) => pool[at] as Item)),
      { minLength: 2, maxLength: 6 },
    );
    fc.assert(
      fc.property(lists, fc.boolean(), (versions, sameBegin) => {
        const begin = { next: 1 };
        let linked: Linked<Item, Given, Next> | undefined;
        for (const items of versions) {
          const chaining = giving(sameBegin ? begin : { next: 1 });
          const before = linked;
          linked = before ? relink(before, items, { chaining, succession }) : linkAll(items, chaining);
          expect(linked.chained).toEqual(linkAll(items, giving(begin)).chained);
          for (const given of before?.chained.values ?? []) {
            const now = linked.chained.values.find(({ item }) => item === given.item);
            if (now?.from === given.from) expect(now).toBe(given);
          }
        }
      }),
    );
  });

  it('are asked only as far as something else is left', () => {
    const items = Array.from({ length: 100 }, (): Item => ({ wants: 1 }));
    const begin = { next: 1 };
    const linked = linkAll(items, giving(begin));
    const same = giving(begin);
    relink(linked, items.with(50, { wants: 1 }), { chaining: same, succession });
    expect(same.asked).toBe(1);
    const more = giving(begin);
    relink(linked, items.with(50, { wants: 2 }), { chaining: more, succession });
    expect(more.asked).toBe(50);
  });
});
