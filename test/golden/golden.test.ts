import { describe, expect, it } from 'vitest';
import { checkCases } from '../../src/golden/check-cases.ts';
import { openGoldenFolder } from '../../src/golden/golden-folder.ts';

const { cases, views, orphans } = checkCases(openGoldenFolder('golden'));

describe('golden files', () => {
  it('has cases', () => expect(cases).toBeGreaterThan(50));
  it('has no file without case', () => expect(orphans).toEqual([]));

  it.each(views)('$folder is what the library makes today', ({ files }) => {
    expect(files).toEqual([]);
  });
});
