import { expect, test } from 'vitest';
import { parseDocument } from '../../src/manifests/parse-document.ts';

/** Checked against sigs.k8s.io/yaml. */
test.each([
  [['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'], true],
  [['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'], false],
  [['null', 'Null', 'NULL', '~', ''], null],
  [['8', '08', '+8', '010', '0o10', '0O10', '0x8', '0b1000', '8.0', '8.', '0.8e1', '80E-1', '0_10'], 8],
  [['-8', '-010', '-0x8', '-0b1000'], -8],
  [['0.5', '.5', '+.5', '5e-1'], 0.5],
  [['1_000', '1__000', '1000_'], 1000],
] as const)('%j are %j', (spellings, expected) => {
  for (const spelling of spellings)
    expect(parseDocument(`a: ${spelling}`), spelling).toEqual({ value: { a: expected } });
});

test.each([
  'yEs',
  'tRUE',
  'nULL',
  '1:30',
  '190:20:30',
  '2024-01-01',
  '2024-01-01T00:00:00Z',
  '0b2',
  '0o8',
  '0x',
  '1.2.3.4',
  '10.0.0.0/8',
  '1e999',
  '_1',
  'NaN',
  'Infinity',
])('%s is text', (text) => {
  expect(parseDocument(`a: ${text}`)).toEqual({ value: { a: text } });
});

test.each(['.inf', '-.Inf', '.NAN'])('%s cannot be written in JSON', (text) => {
  expect(parseDocument(`a: 1\nb: ${text}`)).toMatchObject({ code: 'yaml-syntax', at: { line: 1, column: 3 } });
});

test('quoted scalars are text', () => {
  expect(parseDocument('a: "y"\nb: \'5\'')).toEqual({ value: { a: 'y', b: '5' } });
});

test('keys become text after they are read', () => {
  expect(parseDocument('on: 1\n0x10: 2\n1.5: 3')).toEqual({ value: { '16': 2, true: 1, '1.5': 3 } });
});

test('tags', () => {
  expect(parseDocument('a: !!str y\nb: !!int "5"\nc: !own text\nd: !own {e: f}')).toEqual({
    value: { a: 'y', b: 5, c: 'text', d: { e: 'f' } },
  });
  expect(parseDocument('a: !!int x')).toMatchObject({ code: 'yaml-syntax' });
  expect(parseDocument('!!int # on a line of its own\n5')).toEqual({ value: 5 });
  expect(parseDocument('!!int # on a line of its own\ny')).toMatchObject({ code: 'yaml-syntax' });
});

test('merge keys', () => {
  expect(parseDocument('a: &x {b: 1, c: 1}\nd: {<<: *x, c: 2}')).toEqual({
    value: { a: { b: 1, c: 1 }, d: { b: 1, c: 2 } },
  });
});

test('what follows the end of a document is ignored', () => {
  expect(parseDocument('a: 1\n...\nb: 2')).toEqual({ value: { a: 1 } });
});
