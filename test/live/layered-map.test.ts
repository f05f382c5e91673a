import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LayeredMap } from '../../src/live/layered-map.ts';

interface Value {
  readonly number: number;
}

const value = (number: number): Value => ({ number });
const sorted = <V>(map: ReadonlyMap<string, V>): readonly unknown[] =>
  [...map].sort(([left], [right]) => (left < right ? -1 : 1));

describe('a map of which others are made', () => {
  it('says what it said, whatever was made of it since', () => {
    const change = fc.record({
      /** Which of the maps is changed: mostly the last one. */
      of: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(20) }),
      changes: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.option(fc.nat(9), { nil: undefined }))),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (steps) => {
        const maps = [{ map: LayeredMap.of(new Map([['a', value(0)]])), expected: new Map([['a', value(0)]]) }];
        for (const { of, changes } of steps) {
          const base = maps.at(-1 - (of % maps.length));
          if (!base) throw new Error('no map');
          const wanted = new Map(changes.map(([key, number]) => [key, number === undefined ? number : value(number)]));
          const expected = new Map(base.expected);
          for (const [key, one] of wanted) {
            if (one) expected.set(key, one);
            else expected.delete(key);
          }
          maps.push({ map: base.map.with(wanted), expected });
          expect(LayeredMap.changedKeys(base.map, maps.at(-1)?.map)).toEqual(new Set(wanted.keys()));
        }
        for (const { map, expected } of maps) {
          expect(sorted(map)).toEqual(sorted(expected));
          expect(map.size).toBe(expected.size);
          for (const key of ['a', 'b', 'c', 'd']) expect(map.get(key)).toEqual(expected.get(key));
        }
      }),
    );
  });

  it('can be asked after any number of changes', () => {
    const first = LayeredMap.of(new Map([...'abc'].map((key) => [key, value(0)])));
    let last = first;
    for (let number = 1; number <= 20_000; number++) last = last.with(new Map([['b', value(number)]]));
    expect([first.get('a'), first.get('b'), first.get('x')]).toEqual([value(0), value(0), undefined]);
    expect(sorted(first)).toEqual([...'abc'].map((key) => [key, value(0)]));
    expect(last.get('b')).toEqual(value(20_000));
  });
});
