import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../src/model/istio/envoy-filter.ts';
import { placeInList } from '../../src/patches/place-in-list.ts';

const place = (operation: Operation, wanted?: string, list: readonly string[] = ['a', 'b', 'c', 'b']) =>
  placeInList(list, { operation, value: 'x', ...(wanted && { matches: (item: string) => item === wanted }) }).join('');

describe('placeInList', () => {
  it.each([
    ['ADD', undefined, 'abcbx'],
    ['ADD', 'b', 'abcbx'],
    ['INSERT_FIRST', undefined, 'xabcb'],
    ['INSERT_FIRST', 'c', 'xabcb'],
    ['INSERT_BEFORE', undefined, 'xabcb'],
    ['INSERT_BEFORE', 'b', 'axbcb'],
    ['INSERT_BEFORE', 'z', 'abcb'],
    ['INSERT_AFTER', undefined, 'abcbx'],
    ['INSERT_AFTER', 'b', 'abxcb'],
    ['INSERT_AFTER', 'z', 'abcb'],
    ['REPLACE', undefined, 'abcb'],
    ['REPLACE', 'b', 'axcb'],
    ['REMOVE', undefined, 'abcb'],
    ['REMOVE', 'b', 'ac'],
    ['MERGE', 'b', 'abcb'],
  ] as const)('%s at %s', (operation, wanted, result) => {
    expect(place(operation, wanted)).toBe(result);
  });

  it('returns the list itself exactly where nothing changes', () => {
    const operations = ['ADD', 'INSERT_FIRST', 'INSERT_BEFORE', 'INSERT_AFTER', 'REPLACE', 'REMOVE', 'MERGE'] as const;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b')),
        fc.constantFrom(...operations),
        fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
        (list, operation, wanted) => {
          const matches = wanted === undefined ? {} : { matches: (item: string) => item === wanted };
          const result = placeInList(list, { operation, value: 'x', ...matches });
          expect(result === list).toBe(result.join() === list.join());
        },
      ),
    );
  });
});
