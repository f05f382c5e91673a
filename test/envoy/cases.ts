import fs from 'node:fs';
import path from 'node:path';
import { findCases } from '../../src/golden/find-cases.ts';
import { openGoldenFolder } from '../../src/golden/golden-folder.ts';
import type { Manifest, Request, Scenario } from '../../src/index.ts';
import { haveRecordings, recordings } from '../conformance/recordings.ts';

/** A case whose output a real Envoy loads: a golden one, or one that was recorded from istiod. */
export interface Case {
  /** `golden/guide/anatomy` or `conformance/mixed/001`. */
  readonly name: string;
  readonly manifests: string | readonly Manifest[];
  readonly scenario: Scenario;
  readonly requests: readonly Request[];
}

/** `CASES=conformance/mixed npm run test:envoy` looks at a part of them only. */
const only = process.env['CASES'] ?? '';

/** Whether this run looks at all of them. */
export const complete = only === '';

export const cases: readonly Case[] = [...goldenCases(), ...recordedCases()].filter(({ name }) =>
  name.startsWith(only),
);

/** One for each proxy of a case. Requests that are URLs are left to the command's own tests: a lookup comes before them. */
function goldenCases(): readonly Case[] {
  return findCases(openGoldenFolder('golden')).flatMap(({ folder, manifests, views }) =>
    views.map((view) => ({
      name: path.join('golden', folder, view.folder),
      manifests,
      scenario: view.scenario,
      requests: view.requests.filter((request) => typeof request !== 'string'),
    })),
  );
}

function recordedCases(): readonly Case[] {
  if (!haveRecordings) return [];
  const files = fs.readdirSync(recordings, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => path.basename(file) === 'scenario.yaml')
    .sort()
    .map((file) => {
      const folder = path.join(recordings, path.dirname(file));
      const scenario = JSON.parse(fs.readFileSync(path.join(recordings, file), 'utf8')) as Scenario;
      const manifests = fs.readFileSync(path.join(folder, 'input.yaml'), 'utf8');
      return {
        name: path.join('conformance', path.dirname(file)),
        manifests,
        scenario,
        requests: scenario.requests ?? [],
      };
    });
}
