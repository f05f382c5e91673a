import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { haveRecordings, recordedAnswers } from './recordings.ts';
import { type Resource, type ResourceSection, resourceSections, roundTrip } from './round-trip.ts';

/** Overlays of other versions hold resources by name, and null for one that is absent there. */
type Recorded = Partial<Record<ResourceSection, readonly Resource[] | Readonly<Record<string, Resource | null>>>>;

/** Each different resource once: most cases repeat the same few listeners. */
function recordedResources(section: ResourceSection): ReadonlySet<string> {
  const resources = new Set<string>();
  for (const file of recordedAnswers()) {
    const answer = JSON.parse(readFileSync(file, 'utf8')) as Recorded;
    for (const resource of Object.values(answer[section] ?? {})) {
      if (resource !== null) resources.add(JSON.stringify(resource));
    }
  }
  return resources;
}

const title = haveRecordings
  ? 'all recorded %s survive JSON → binary → JSON'
  : 'all recorded %s survive JSON → binary → JSON (skipped: no recordings beside this checkout)';

it.skipIf(!haveRecordings).each(resourceSections)(title, { timeout: 300_000 }, (section) => {
  const resources = recordedResources(section);
  expect(resources.size).toBeGreaterThan(0);
  for (const text of resources) {
    const resource = JSON.parse(text) as Resource;
    expect(roundTrip(section, resource)).toEqual(resource);
  }
});
