import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reuseEqual } from '../../src/live/reuse-equal.ts';

describe('reuseEqual', () => {
  it('gives the earlier value where both say the same, else one that says what the later does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (earlier, later) => {
        const copy = structuredClone(earlier);
        expect(reuseEqual(earlier, copy)).toBe(Object.is(earlier, copy) || isObject(earlier) ? earlier : copy);
        expect(JSON.stringify(reuseEqual(earlier, later))).toBe(JSON.stringify(later));
      }),
    );
  });

  it('keeps the parts that are the same', () => {
    const earlier = { chains: [{ name: 'a' }, { name: 'b' }, { name: 'c' }], name: 'x' };
    const later = { chains: [{ name: 'a' }, { name: 'z' }, { name: 'c' }], name: 'x' };
    const reused = reuseEqual(earlier, later) as typeof earlier;
    expect(reused).toEqual(later);
    expect(reused.chains[0]).toBe(earlier.chains[0]);
    expect(reused.chains[2]).toBe(earlier.chains[2]);
  });

  it('finds what is new between items that moved', () => {
    const items = Array.from({ length: 9 }, (_, number) => ({ number, part: { number } }));
    const later = [{ number: 9, part: { number: 0 } }, ...items.slice(1, 4), ...items.slice(6), { number: 10 }];
    const reused = reuseEqual(items, later) as typeof items;
    expect(reused).toEqual(later);
    expect(reused[0]?.part).toBe(items[0]?.part);
    expect(reused.slice(1, 7)).toEqual(later.slice(1, 7));
    for (const item of reused.slice(1, 7)) expect(items).toContain(item);
  });

  it('takes another order of fields for a difference: texts would differ', () => {
    const later = { b: 1, a: 1 };
    expect(reuseEqual({ a: 1, b: 1 }, later)).not.toEqual({ a: 1 });
    expect(JSON.stringify(reuseEqual({ a: 1, b: 1 }, later))).toBe('{"b":1,"a":1}');
  });

  it('takes a label for a label, whatever its name', () => {
    const later: unknown = JSON.parse('{"__proto__":{"polluted":"yes"},"b":2}');
    const reused = reuseEqual({ a: 1 }, later) as object;
    expect(JSON.stringify(reused)).toBe('{"__proto__":{"polluted":"yes"},"b":2}');
    expect(reused).not.toHaveProperty('polluted');
  });
});

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
