import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import type { Difference } from '../../src/diff/difference.ts';
import { asDumped } from '../../src/dump/as-dumped.ts';
import { readConfigDump } from '../../src/dump/read-config-dump.ts';
import { prepareSnapshot } from '../../src/envoy/prepare-snapshot.ts';
import { translate } from '../../src/index.ts';
import { cases } from './cases.ts';
import { certificatesOf } from './lab/certificates.ts';
import { Lab } from './lab/lab.ts';

const { impossible, own, authority } = inject('lab');

/** The first case of each golden topic. */
const chosen = cases.filter(
  ({ name }, index) => name.startsWith('golden/') && topicOf(name) !== topicOf(cases[index - 1]?.name ?? ''),
);

describe.skipIf(impossible !== undefined)('the configuration dump of a real Envoy', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await Lab.start();
  });

  afterAll(async () => {
    await lab.stop();
  });

  it.each(chosen)('$name: differs in nothing from the simulation that produced it', async ({ manifests, scenario }) => {
    const translation = translate(manifests, scenario);
    const { endpoints, nameTable } = translation;
    // What a stock Envoy cannot run is left out, as the suite does everywhere.
    const prepared = prepareSnapshot(translation, {
      certificates: certificatesOf(own, authority),
      servedEndpoints: true,
    });
    const { refusals, text } = await lab.ask({ do: 'dump', resources: { ...prepared, endpoints } });
    expect(refusals).toEqual([]);

    const dump = readConfigDump(text);
    // The lab's Envoy calls itself by no name of Istio's.
    expect(dump?.diagnostics.map(({ path }) => path)).toEqual(['node.id']);
    expect(dump?.snapshot.clusters.length).toBe(prepared.clusters.length);
    const found = dump ? diff(dump.snapshot, asDumped({ ...prepared, endpoints, nameTable })) : [];
    expect(found.flatMap(whatDiffers)).toEqual([]);
  });
});

/** Envoy keeps private keys to itself: they are sent in place of the secrets that istiod would send apart. */
function whatDiffers({ kind, section, name, ...rest }: Difference): readonly string[] {
  if (kind !== 'changed') return [`${kind} ${section} ${name}`];
  const changes = 'changes' in rest ? rest.changes : [];
  return changes
    .filter((change) => !('before' in change && change.before === '[redacted]'))
    .map((change) => JSON.stringify(change));
}

function topicOf(name: string): string {
  return name.split('/').slice(0, 2).join('/');
}
