import { describe, expect, it } from 'vitest';
import { checkCaseFolder, findCases } from '../../src/golden/case-folder.ts';

const cases = findCases('golden');

describe('golden files', () => {
  it('has cases', () => expect(cases.length).toBeGreaterThan(50));

  it.each(cases)('%s is what the library makes today', (folder) => {
    expect(checkCaseFolder(folder)).toEqual([]);
  });
});
