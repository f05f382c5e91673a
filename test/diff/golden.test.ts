import { expect, it } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import { findCases } from '../../src/golden/find-cases.ts';
import { openGoldenFolder } from '../../src/golden/golden-folder.ts';
import { translate } from '../../src/translate.ts';

const cases = findCases(openGoldenFolder('golden'));

it.each(cases)('finds nothing between what $folder makes and an equal copy', ({ manifests, views }) => {
  for (const { scenario } of views) {
    const translation = translate(manifests, scenario);
    expect(diff(translation, JSON.parse(JSON.stringify(translation)))).toEqual([]);
  }
});
