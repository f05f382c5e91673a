import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { prepareSnapshot } from '../../src/envoy/prepare-snapshot.ts';
import { namedFiles, refusedResources } from '../../src/envoy/refused-resources.ts';
import { toBootstrap } from '../../src/envoy/to-bootstrap.ts';
import { explain, type Request, type Translation, translate } from '../../src/index.ts';
import { compareText } from '../../src/model/compare-text.ts';
import { findDisagreements } from './agreement.ts';
import { type Case, cases, complete } from './cases.ts';
import { Figures } from './figures.ts';
import { certificatesOf } from './lab/certificates.ts';
import type { Lab } from './lab/lab.ts';
import { LabPool } from './lab/lab-pool.ts';
import type { Observation, Refusal } from './lab/protocol.ts';
import { remainder } from './remainder.ts';
import { requestsForGateway } from './requests-for-gateway.ts';

const { impossible, own } = inject('lab');
const certificates = certificatesOf(own);

/** What Envoy refuses of istiod's output, by case; `UPDATE=1` writes it anew. */
const listFile = path.join(import.meta.dirname, 'refusals.json');
const listed = JSON.parse(fs.readFileSync(listFile, 'utf8')) as Readonly<Record<string, readonly Refusal[]>>;
const refused: Record<string, readonly Refusal[]> = {};
/** Of cases that this run does not look at. */
const untouched = Object.fromEntries(
  Object.entries(listed).filter(([name]) => !complete && !cases.some((one) => one.name === name)),
);
const update = process.env['UPDATE'] === '1';

describe.skipIf(impossible !== undefined)('every case in a real Envoy', () => {
  let pool: LabPool;
  const figures = new Figures('cases');

  beforeAll(async () => {
    pool = await LabPool.start();
  });

  afterAll(async () => {
    await pool.stop();
    if (update) fs.writeFileSync(listFile, `${JSON.stringify(sorted({ ...untouched, ...refused }), null, 2)}\n`);
    if (complete) figures.write();
  });

  it.concurrent.each(cases.map((one) => [one.name, one] as const))('%s', { timeout: 120_000 }, async (_, one) => {
    const translation = translateCase(one);
    const group = one.name.split('/')[0] ?? '';
    if (!translation) return figures.count(group, 'cases without output');
    const prepared = prepareSnapshot(translation, { certificates, servedEndpoints: true });
    const { bootstrap } = toBootstrap(translation, { certificates });
    const requests = requestsOf(one, translation);
    const { validated, loaded, observations } = await pool.use(async (lab) => ({
      validated: await lab.ask({ do: 'validate', bootstrap }),
      loaded: await lab.ask({ do: 'load', resources: { ...prepared, endpoints: translation.endpoints } }),
      observations: await probe(lab, one.name, requests),
    }));

    // Listeners are offered in the order in which patches left them, which tells nothing about Envoy.
    const refusals = loaded.refusals.toSorted((left, right) => compareText(left.resource, right.resource));
    if (refusals.length > 0) refused[one.name] = refusals;
    figures.count(group, 'cases');
    figures.count(
      group,
      'resources accepted',
      Object.values(loaded.accepted).reduce((sum, count) => sum + count, 0),
    );
    figures.count(group, 'resources refused', refusals.length);

    expect(validated, 'what toBootstrap makes is valid').toEqual({ accepted: true, output: '' });
    if (!update) expect(refusals, 'what Envoy refuses is in refusals.json').toEqual(listed[one.name] ?? []);
    expect(namesOf(refusedResources(prepared)), 'what we say that Envoy refuses').toEqual(namesOf(refusals));

    const files = [...namedFiles(translation)];
    if (typeof observations === 'string') {
      figures.count(group, 'requests that Envoy cannot show', requests.length);
      return expect(observations).toContain(`Envoy ended with ${remainder[one.name]?.endsWith}`);
    }
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

/** A gateway's case names none: every server of it is tried. */
function requestsOf({ requests, scenario }: Case, translation: Translation): readonly Request[] {
  return requests.length === 0 && scenario.proxy?.type === 'router' ? requestsForGateway(translation) : requests;
}

/** Where the connections went; the error where Envoy is known not to survive them. */
async function probe(lab: Lab, name: string, requests: readonly Request[]): Promise<readonly Observation[] | string> {
  if (requests.length === 0) return [];
  const probed = lab.ask({ do: 'probe', requests });
  return remainder[name] ? probed.then(() => 'Envoy survived', String) : probed;
}

/** Nothing where istiod itself has no output: it refuses the mesh configuration, or crashes. */
function translateCase({ manifests, scenario }: Case): Translation | undefined {
  try {
    return translate(manifests, scenario);
  } catch {
    return undefined;
  }
}

const namesOf = (refusals: readonly { readonly resource: string }[]): readonly string[] =>
  refusals.map(({ resource }) => resource).sort();

function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
