import { expect, it } from 'vitest';
import { createDictionary } from '../../src/model/dictionary.ts';

it('is an object like any other', () => {
  const dictionary = createDictionary<number>();
  dictionary['api.example.com'] = 1;
  expect(dictionary).toStrictEqual({ 'api.example.com': 1 });
  expect(Object.getPrototypeOf(dictionary)).toBe(Object.prototype);
  expect(JSON.stringify(dictionary)).toBe('{"api.example.com":1}');
});
