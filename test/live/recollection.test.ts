import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Recollection } from '../../src/live/recollection.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { forgetful, type Memory } from '../../src/model/memory.ts';

interface Item {
  readonly name: string;
  readonly rank: number;
}

const say = (message: string): Diagnostic => ({ code: 'undetermined-order', severity: 'warning', message });
const [a, b, c] = ['a', 'b', 'c'].map((name, rank): Item => ({ name, rank })) as [Item, Item, Item];

describe('what each item becomes', () => {
  it('is made once, wherever the item stands later', () => {
    const memory = new Recollection();
    let made = 0;
    const become = ({ name }: Item) => ({ name, number: made++ });
    const first = memory.mapEach('x', [a, b, c], become);
    expect(memory.mapEach('x', [a, b, c], become)).toBe(first);
    expect(memory.mapEach('x', [c, a], become)).toEqual([first[2], first[0]]);
    expect(made).toBe(3);
    expect(memory.mapEach('y', [a], become)[0]).not.toBe(first[0]);
  });

  it('is made again when one of its ingredients is another one', () => {
    const memory = new Recollection();
    const rules = new Map<Item, object>([[a, {}]]);
    const become = ({ name }: Item) => ({ name });
    const ingredients = () => ({ of: (item: Item) => [rules.get(item)], version: { ...rules } });
    const first = memory.mapEach('x', [a, b], become, ingredients());
    rules.set(a, {});
    const second = memory.mapEach('x', [a, b], become, ingredients());
    expect(second[0]).not.toBe(first[0]);
    expect(second[1]).toBe(first[1]);
  });

  it('does not ask for ingredients while their version is the same', () => {
    const memory = new Recollection();
    const version = {};
    let asked = 0;
    const ingredients = { of: () => [asked++], version };
    const first = memory.mapEach('x', [a, b], ({ name }) => ({ name }), ingredients);
    const second = memory.mapEach('x', [a, c, b], ({ name }) => ({ name }), ingredients);
    expect([second[0], second[2]]).toEqual(first);
    expect(second[0]).toBe(first[0]);
    expect(asked).toBe(3);
  });

  it('brings along what was said while it was made, in the order of the items', () => {
    const memory = new Recollection();
    const become = ({ name }: Item) => {
      memory.report(say(name));
      memory.reportOnce('all', () => say('all'));
      return { name };
    };
    const said = () => memory.takeReports().map(({ message }) => message);
    memory.mapEach('x', [a, b], become);
    expect(said()).toEqual(['a', 'all', 'b']);
    memory.mapEach('x', [b, c, a], become);
    expect(said()).toEqual(['b', 'all', 'c', 'a']);
    memory.mapEach('x', [b, c, a], become);
    expect(said()).toEqual(['b', 'all', 'c', 'a']);
    expect(said()).toEqual([]);
  });

  it('says again what was said inside, in what is made of it', () => {
    const memory = new Recollection();
    const make = () => memory.once('outer', [1], () => memory.once('inner', [a], () => memory.report(say('inside'))));
    make();
    make();
    expect(memory.takeReports()).toHaveLength(2);
  });
});

describe('what is made of ingredients', () => {
  it('is made again when one of them is another one', () => {
    const memory = new Recollection();
    const first = memory.once('x', [a, 1], () => ({}));
    expect(memory.once('x', [a, 1], () => ({}))).toBe(first);
    expect(memory.once('x', [a, 2], () => ({}))).not.toBe(first);
    expect(memory.once('x', [a], () => ({}))).not.toBe(first);
  });

  it('settles on the earlier value where it says the same', () => {
    const memory = new Recollection();
    const first = memory.settle('x', { a: [1, { b: 2 }], c: [3] });
    const second = memory.settle('x', { a: [1, { b: 2 }], c: [4] });
    expect(second).toEqual({ a: [1, { b: 2 }], c: [4] });
    expect(second.a).toBe(first.a);
    expect(memory.settle('x', { a: [1, { b: 2 }], c: [4] })).toBe(second);
  });
});

const items = Array.from({ length: 12 }, (_, index): Item => ({ name: `${'pqr'[index % 3]}`, rank: index % 5 }));
const lists = fc.array(fc.shuffledSubarray(items), { minLength: 2, maxLength: 6 });

function sortedAndGrouped(memory: Memory, list: readonly Item[]) {
  const groups = memory.group('x', list, { keyOf: ({ name }) => name, make: (sharing) => sharing.map((one) => one) });
  return {
    sorted: memory.sort('x', list, (left, right) => left.rank - right.rank),
    groups: [...groups].sort(([left], [right]) => (left < right ? -1 : 1)),
    sizes: [groups.size, [...groups.keys()].length, [...groups.values()].length],
    mapped: memory.mapEach('x', list, ({ name, rank }) => `${name}${rank}`),
  };
}

describe('a memory', () => {
  it('gives what one that forgets gives, however a list changes', () => {
    fc.assert(
      fc.property(lists, (versions) => {
        const memory = new Recollection();
        for (const list of versions) {
          expect(sortedAndGrouped(memory, list)).toEqual(
            sortedAndGrouped(
              forgetful(() => undefined),
              list,
            ),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the groups that nothing joins or leaves', () => {
    const memory = new Recollection();
    const many = Array.from({ length: 40 }, (_, rank) => ({ name: `g${rank >> 1}`, rank }));
    const grouping = { keyOf: ({ name }: Item) => name, make: (members: readonly Item[]) => ({ members }) };
    const before = memory.group('x', many, grouping);
    const after = memory.group('x', many.toSpliced(7, 1), grouping);
    expect(after.get('g3')?.members).toEqual([many[6]]);
    for (const [key, group] of before) if (key !== 'g3') expect(after.get(key)).toBe(group);
    expect(before.get('g3')?.members).toEqual([many[6], many[7]]);
  });
});
