import path from 'node:path';
import { findCases } from '../../src/golden/case-folder.ts';
import type { Scenario } from '../../src/index.ts';
import { haveRecordings, recordings } from '../conformance/recordings.ts';
import { readCase } from '../golden/read-case.ts';

/** A case whose output a real Envoy loads: a golden one, or one that was recorded from istiod. */
export interface Case {
  /** `golden/guide/anatomy` or `conformance/mixed/001`. */
  readonly name: string;
  readonly text: string;
  readonly scenario: Scenario;
}

const roots = [
  { prefix: 'golden', root: 'golden' },
  ...(haveRecordings ? [{ prefix: 'conformance', root: recordings }] : []),
];

/** `CASES=conformance/mixed npm run test:envoy` looks at a part of them only. */
const only = process.env['CASES'] ?? '';

export const cases: readonly Case[] = roots.flatMap(({ prefix, root }) =>
  findCases(root)
    .map((folder) => ({ name: path.join(prefix, path.relative(root, folder)), folder }))
    .filter(({ name }) => name.startsWith(only))
    .map(({ name, folder }) => ({ name, ...readCase(folder) })),
);

export const complete = only === '';
