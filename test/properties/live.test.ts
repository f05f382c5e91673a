import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateMesh } from '../../bench/generate-mesh.mjs';
import { createMesh, type Scenario, type Snapshot, translate } from '../../src/index.ts';
import { changes, type FileChange, manifestsOf } from '../arbitraries/mesh.ts';

const scenarios: readonly Scenario[] = [
  {},
  { proxy: { namespace: 'payments', metadata: { DNS_CAPTURE: 'true' } } },
  { proxy: { namespace: 'payments', name: 'another', ip: '10.9.0.1', metadata: { DNS_CAPTURE: 'true' } } },
  { proxy: { name: 'labelled', labels: { app: 'web', version: 'v1' }, locality: 'us-east1/us-east1-b' } },
  { proxy: { namespace: 'payments', labels: { app: 'web', version: 'v2' }, metadata: { DNS_CAPTURE: 'true' } } },
  { proxy: { type: 'router', namespace: 'istio-system', labels: { istio: 'egressgateway' } } },
  {
    istioVersion: '1.29',
    proxy: { ip: '2001:db8::1' },
    meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
  },
];

/** Changes are small beside what stays, as they mostly are. */
const base = generateMesh(20)
  .split('---\n')
  .map((text, number) => ({ file: `base-${number}.yaml`, text }));

const sections = ['clusters', 'listeners', 'routes', 'endpoints'] as const;

function expectShared(earlier: Snapshot, later: Snapshot): void {
  for (const section of sections) {
    const before = new Map(earlier[section].map((one) => [nameOf(one), { one, text: JSON.stringify(one) }]));
    for (const one of later[section]) {
      const known = before.get(nameOf(one));
      if (known && known.text === JSON.stringify(one)) expect(one, String(nameOf(one))).toBe(known.one);
    }
  }
}

function nameOf(resource: object): unknown {
  return 'clusterName' in resource ? resource.clusterName : 'name' in resource && resource.name;
}

function applyTo(files: Map<string, string>, changed: readonly FileChange[]) {
  const last = new Map(changed.map((change) => [change.file, change.resource]));
  const put = [...last].flatMap(([file, resource]) => (resource ? [{ file, text: manifestsOf([resource]) }] : []));
  const remove = [...last].flatMap(([file, resource]) => (resource ? [] : [file]));
  for (const { file, text } of put) files.set(file, text);
  for (const file of remove) files.delete(file);
  return { put, remove };
}

describe('a mesh that changes', () => {
  it('says at each step what a translation from scratch says, with the same objects where nothing changed', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const files = new Map(base.map(({ file, text }) => [file, text]));
        let mesh = createMesh(base);
        const earlier = new Map<Scenario, Snapshot>();
        for (const step of steps) {
          mesh = mesh.apply(applyTo(files, step));
          const manifests = [...files].map(([file, text]) => ({ file, text }));
          for (const scenario of scenarios) {
            const view = mesh.view(scenario);
            expect(view).toEqual(translate(manifests, scenario));
            expect(JSON.stringify(view)).toBe(JSON.stringify(translate(manifests, scenario)));
            const before = earlier.get(scenario);
            if (before) expectShared(before, view);
            earlier.set(scenario, view);
          }
        }
      }),
      { numRuns: Number(process.env['LIVE_RUNS'] ?? 25) },
    );
  });

  it('leaves earlier versions as they were', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const files = new Map<string, string>();
        const versions = [{ mesh: createMesh([]), said: translate([]) }];
        for (const step of steps) {
          const latest = versions.at(-1) ?? { mesh: createMesh([]) };
          const mesh = latest.mesh.apply(applyTo(files, step));
          versions.push({ mesh, said: translate([...files].map(([file, text]) => ({ file, text }))) });
          mesh.view();
        }
        for (const { mesh, said } of [...versions, ...versions.toReversed()]) expect(mesh.view()).toEqual(said);
      }),
      { numRuns: 20 },
    );
  });
});
