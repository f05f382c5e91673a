import { expect, it } from 'vitest';
import { RecentMap } from '../../src/live/recent-map.ts';

it('keeps what was asked for last', () => {
  const map = new RecentMap<number>(2);
  map.set('a', 1);
  map.set('b', 2);
  expect(map.get('a')).toBe(1);
  map.set('c', 3);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
  expect([...map.values()]).toEqual([1, 3]);
});
