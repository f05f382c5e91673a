import { expect, it } from 'vitest';
import { textTable } from '../../src/cli/text-table.ts';

it('aligns columns, and ends lines where their text ends', () => {
  const rows = [
    ['a.example.com', '443', ''],
    ['b', '80', 'rule.default'],
  ];
  expect(textTable({ columns: ['HOST', 'PORT', 'RULE'], rows })).toBe(
    ['HOST            PORT   RULE', 'a.example.com   443', 'b               80     rule.default', ''].join('\n'),
  );
});

it('prints the heads of an empty table', () => {
  expect(textTable({ columns: ['HOST', 'PORT'], rows: [] })).toBe('HOST   PORT\n');
});
