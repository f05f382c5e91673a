import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { prepareSnapshot } from '../../src/envoy/prepare-snapshot.ts';
import { namedFiles, refusedResources } from '../../src/envoy/refused-resources.ts';
import { toBootstrap } from '../../src/envoy/to-bootstrap.ts';
import { explain, type Translation, translate } from '../../src/index.ts';
import { findDisagreements } from './agreement.ts';
import { type Case, cases, complete } from './cases.ts';
import { Figures } from './figures.ts';
import { inline } from './lab/certificates.ts';
import { LabPool } from './lab/lab-pool.ts';
import type { Refusal } from './lab/protocol.ts';

const { impossible, certificate, privateKey } = inject('lab');
const certificates = inline({ certificate, privateKey });

/** What Envoy refuses of istiod's output, by case; `UPDATE=1` writes it anew. */
const listFile = path.join(import.meta.dirname, 'refusals.json');
const listed = JSON.parse(fs.readFileSync(listFile, 'utf8')) as Readonly<Record<string, readonly Refusal[]>>;
const refused: Record<string, readonly Refusal[]> = {};
const update = process.env['UPDATE'] === '1';

describe.skipIf(impossible !== undefined)('every case in a real Envoy', () => {
  let pool: LabPool;
  const figures = new Figures('cases');

  beforeAll(async () => {
    pool = await LabPool.start();
  });

  afterAll(async () => {
    await pool.stop();
    if (update) fs.writeFileSync(listFile, `${JSON.stringify(sorted(refused), null, 2)}\n`);
    if (complete) figures.write();
  });

  it.concurrent.each(cases)('$name', { timeout: 120_000 }, async (one) => {
    const translation = translateCase(one);
    const group = one.name.split('/')[0] ?? '';
    if (!translation) return figures.count(group, 'cases without output');
    const prepared = prepareSnapshot(translation, { certificates, servedEndpoints: true });
    const { bootstrap } = toBootstrap(translation, { certificates });
    const requests = one.scenario.requests ?? [];
    const { validated, loaded, observations } = await pool.use(async (lab) => ({
      validated: await lab.ask({ do: 'validate', bootstrap }),
      loaded: await lab.ask({ do: 'load', resources: { ...prepared, endpoints: translation.endpoints } }),
      observations: requests.length === 0 ? [] : await lab.ask({ do: 'probe', requests }),
    }));

    if (loaded.refusals.length > 0) refused[one.name] = loaded.refusals;
    figures.count(group, 'cases');
    figures.count(
      group,
      'resources accepted',
      Object.values(loaded.accepted).reduce((sum, count) => sum + count, 0),
    );
    figures.count(group, 'resources refused', loaded.refusals.length);

    expect(validated, 'what toBootstrap makes is valid').toEqual({ accepted: true, output: '' });
    if (!update) expect(loaded.refusals, 'what Envoy refuses is in refusals.json').toEqual(listed[one.name] ?? []);
    expect(namesOf(refusedResources(prepared)), 'what we say that Envoy refuses').toEqual(namesOf(loaded.refusals));

    const files = [...namedFiles(translation)];
    const disagreements = requests.flatMap((request, index) => {
      const found = findDisagreements(explain(translation, request, { files }), observations[index] ?? {});
      figures.count(group, found.length === 0 ? 'requests that agree' : 'requests that do not agree');
      return found.map((difference) => ({ request, ...difference }));
    });
    expect(disagreements, 'what explain says and Envoy does').toEqual([]);
  });

  it.runIf(complete)('lists no refusal of a case that is gone', () => {
    const known = new Set(cases.map(({ name }) => name));
    const here = new Set([...known].map((name) => name.split('/')[0]));
    const gone = Object.keys(listed).filter((name) => here.has(name.split('/')[0]) && !known.has(name));
    expect(gone).toEqual([]);
  });
});

/** Nothing where istiod itself has no output: it refuses the mesh configuration, or crashes. */
function translateCase({ text, scenario }: Case): Translation | undefined {
  try {
    return translate(text, scenario);
  } catch {
    return undefined;
  }
}

const namesOf = (refusals: readonly { readonly resource: string }[]): readonly string[] =>
  refusals.map(({ resource }) => resource).sort();

function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
