import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differingTraits } from '../../src/live/personal-traits.ts';
import { Recollection } from '../../src/live/recollection.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { forgetful, type Memory } from '../../src/model/memory.ts';
import { readScenario } from '../../src/registry/read-scenario.ts';

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

  it('finds what several become that became nothing before', () => {
    const memory = new Recollection();
    const collect = (items: readonly Item[], isWanted: boolean) =>
      memory.collect<Item, Item>('x', items, (all, item) => void (isWanted && all.push(item)), {
        of: () => [isWanted],
        version: isWanted,
      });
    expect(collect([a, b], false)).toEqual([]);
    expect(collect([a, c, b], true)).toEqual([a, c, b]);
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

describe('what was made with an eye to a trait', () => {
  const { proxy } = readScenario({ proxy: { namespace: 'one' } }, () => undefined);
  const all = Array.from({ length: 60 }, (_, rank): Item => ({ name: `${rank}`, rank }));

  it('is made again for another proxy, and is the same list where it becomes the same', () => {
    const memory = new Recollection();
    const looks: string[] = [];
    const ask = (namespace: string, answer: (namespace: string) => string) => {
      const watched = memory.watch({ ...proxy, namespace });
      const become = (item: Item) => {
        if (item.rank % 3 !== 0) return item;
        looks.push(watched.namespace);
        return answer(watched.namespace) === 'same' ? item : { ...item, name: answer(watched.namespace) };
      };
      const mapped = memory.mapEach('x', all, become);
      const collected = memory.collect<Item, Item>('y', all, (list, item) => list.push(become(item)));
      memory.forgetTraits(differingTraits({ ...proxy, namespace }, { ...proxy, namespace: `${namespace}'` }));
      return { mapped, collected };
    };
    const first = ask('a', () => 'same');
    expect(looks).toHaveLength(40);
    const second = ask('b', () => 'same');
    expect(looks).toHaveLength(80);
    expect(second.mapped).toBe(first.mapped);
    expect(second.collected).toBe(first.collected);
    const third = ask('c', (namespace) => namespace);
    expect(third.mapped).toEqual(all.map((item) => (item.rank % 3 === 0 ? { ...item, name: 'c' } : item)));
    expect(third.collected).toEqual(third.mapped);
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
    inOrder: memory.groupInOrder('x', list, { keyOf: ({ name }) => name, make: (sharing) => ({ sharing }) }),
    firsts: memory.firsts('x', list, ({ rank }) => `${rank}`),
    byLetters: sortEntries(
      memory.group('letters', list, { keyOf: ({ name, rank }) => [name, `${rank}`], make: (sharing) => sharing }),
    ),
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

const people = Array.from({ length: 90 }, (_, rank): Item => ({ name: `n${rank % 60}`, rank }));
const askers = people.map(({ name, rank }) => ({ asks: rank % 7 === 0 ? [] : [name, `n${rank >> 1}`], rank }));

/** Few changes at a time: places where something goes, comes back, or is put first. */
const changes = fc.array(
  fc.array(fc.record({ place: fc.nat({ max: 89 }), isFirst: fc.boolean(), isAsker: fc.boolean() }), { maxLength: 4 }),
  { maxLength: 8 },
);

function toggle<T>(all: readonly T[], list: readonly T[], place: number, isFirst: boolean): readonly T[] {
  const one = all[place] as T;
  if (list.includes(one))
    return isFirst ? [one, ...list.filter((item) => item !== one)] : list.filter((item) => item !== one);
  return all.filter((item) => item === one || list.includes(item));
}

function sortEntries<V>(map: ReadonlyMap<string, V>): readonly (readonly [string, V])[] {
  return [...map].sort(([left], [right]) => (left < right ? -1 : 1));
}

/** All that a memory does with long lists, each made of what became of others. */
function followed(memory: Memory, list: readonly Item[], asking: typeof askers) {
  const sorted = memory.sort('x', list, (left, right) => (right.rank % 9) - (left.rank % 9));
  const byName = memory.index('x', sorted, ({ name }) => name);
  const answers = memory.mapEach(
    'answers',
    asking,
    ({ asks }) => ({ ranks: asks.map((name) => byName.get(name)?.rank) }),
    {
      of: ({ asks }) => asks.map((name) => byName.get(name)),
      lookups: { in: [byName], namesOf: ({ asks }) => (asks.length === 0 ? undefined : asks) },
    },
  );
  const collected = memory.collect<(typeof answers)[number], object>('all', answers, (all, { ranks }) => {
    for (const rank of ranks) if (rank !== undefined) all.push({ rank });
    if (ranks[0] === 9) memory.report(say('nine'));
  });
  const groups = memory.group('x', sorted, { keyOf: ({ rank }) => `${rank % 5}`, make: (sharing) => sharing });
  const copies = memory.mapEach('copies', collected, (one) => ({ ...one }));
  return {
    groups: sortEntries(groups),
    firsts: memory.firsts('x', list, ({ name }) => name),
    inOrder: memory.groupInOrder('x', sorted, { keyOf: ({ name }) => name, make: (sharing) => ({ sharing }) }),
    byKeys: sortEntries(
      memory.group('keys', list, { keyOf: ({ name, rank }) => [name, `${rank % 4}`], make: (sharing) => sharing }),
    ),
    sorted,
    answers,
    copies,
    joined: memory.join<object>('x', [copies, sorted, answers]),
  };
}

it('follows long lists through few changes', () => {
  fc.assert(
    fc.property(changes, (versions) => {
      const memory = new Recollection();
      let [list, asking]: [readonly Item[], readonly (typeof askers)[number][]] = [people, askers];
      for (const version of versions) {
        for (const { place, isFirst, isAsker } of version) {
          if (isAsker) asking = toggle(askers, asking, place, isFirst);
          else list = toggle(people, list, place, isFirst);
        }
        const said: Diagnostic[] = [];
        const expected = followed(
          forgetful((diagnostic) => said.push(diagnostic)),
          list,
          [...asking],
        );
        expect(followed(memory, list, [...asking])).toEqual(expected);
        expect(memory.takeReports()).toEqual(said);
      }
    }),
    { numRuns: 200 },
  );
});

describe('what is remembered', () => {
  it('is mostly of what is gone when purposes come and go', () => {
    const memory = new Recollection();
    for (let host = 0; host < 100; host++) memory.settle(`names of ${host}`, { host });
    expect(memory.isOvergrown()).toBe(false);
    for (let host = 0; host < 1000; host++) memory.settle(`names of ${host}`, { host });
    expect(memory.isOvergrown()).toBe(false);
    for (let host = 1000; host < 2000; host++) memory.settle(`names of ${host}`, { host });
    expect(memory.isOvergrown()).toBe(true);
  });
});
