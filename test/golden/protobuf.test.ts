import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { findCases } from '../../src/golden/case-folder.ts';
import { type Resource, type ResourceSection, resourceSections, roundTrip } from '../conformance/round-trip.ts';

const golden = path.resolve(import.meta.dirname, '../../golden');

function resourcesIn(section: ResourceSection): readonly Resource[] {
  return findCases(golden)
    .map((folder) => path.join(folder, `${section}.yaml`))
    .filter((file) => existsSync(file))
    .flatMap((file) => load(readFileSync(file, 'utf8')) as readonly Resource[]);
}

it.each(resourceSections)('golden %s survive JSON → binary → JSON', (section) => {
  const resources = resourcesIn(section);
  expect(resources.length).toBeGreaterThan(0);
  for (const resource of resources) expect(roundTrip(section, resource)).toEqual(resource);
});
