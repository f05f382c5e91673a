import { expect, it } from 'vitest';
import { findCases } from '../../src/golden/find-cases.ts';
import { openGoldenFolder } from '../../src/golden/golden-folder.ts';
import { type Translation, translate } from '../../src/index.ts';
import { readCase } from './read-case.ts';

function partsOf({ clusters, listeners, routes, endpoints }: Translation): ReadonlySet<object> {
  const parts = new Set<object>();
  const add = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || parts.has(value)) return;
    parts.add(value);
    for (const part of Object.values(value)) add(part);
  };
  add([...clusters, ...listeners, ...routes, ...endpoints]);
  return parts;
}

function translateCase(folder: string): Translation {
  const { text, scenario } = readCase(`golden/${folder}`);
  return translate(text, scenario);
}

it('what translations share, nobody can change', () => {
  for (const { folder } of findCases(openGoldenFolder('golden'))) {
    // Read anew: what the scenario holds is the caller's.
    const [earlier, later] = [translateCase(folder), translateCase(folder)].map(partsOf);
    for (const part of later ?? []) {
      if (earlier?.has(part)) expect(Object.isFrozen(part), `${folder}: ${JSON.stringify(part)}`).toBe(true);
    }
  }
});
