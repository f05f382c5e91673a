import fs from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { findCases } from '../../src/golden/find-cases.ts';
import { openGoldenFolder } from '../../src/golden/golden-folder.ts';

interface Judged {
  readonly url: string;
  readonly claim?: string;
  readonly holds?: boolean;
  readonly reality?: string;
}

const claims = findCases(openGoldenFolder('golden')).flatMap(({ folder }) => {
  const file = path.join('golden', folder, 'explanations.yaml');
  if (!fs.existsSync(file)) return [];
  const entries = load(fs.readFileSync(file, 'utf8')) as readonly Judged[];
  return entries.filter(({ claim }) => claim !== undefined).map((entry) => ({ folder, ...entry }));
});

describe('what documents say about where traffic goes', () => {
  it('is tested, claim by claim', () => expect(claims.length).toBeGreaterThanOrEqual(45));

  it.each(claims)('$folder $url: $claim', ({ holds, reality }) => {
    expect(holds).toBe(reality === undefined);
  });
});
