import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Figures } from './figures.ts';
import { Lab } from './lab/lab.ts';
import { MeshInLab } from './mesh-in-lab.ts';

const { impossible } = inject('lab');

/** One of everything: each section of a snapshot has something to say. */
const before = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: shop }
spec:
  hosts: [shop.example.com]
  location: MESH_EXTERNAL
  resolution: STATIC
  ports:
  - { number: 80, name: http, protocol: HTTP }
  - { number: 5432, name: tcp, protocol: TCP }
  endpoints:
  - { address: 192.0.2.1, labels: { version: v1 } }
  - { address: 192.0.2.2, labels: { version: v2 } }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: leaving }
spec:
  hosts: [leaving.example.com]
  location: MESH_EXTERNAL
  resolution: STATIC
  ports: [{ number: 80, name: http, protocol: HTTP }]
  endpoints: [{ address: 192.0.2.9 }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: shop }
spec:
  host: shop.example.com
  trafficPolicy: { connectionPool: { http: { maxRetries: 7 } }, outlierDetection: { consecutive5xxErrors: 9 } }
  subsets:
  - { name: v1, labels: { version: v1 } }
  - { name: v2, labels: { version: v2 } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop }
spec:
  hosts: [shop.example.com]
  http:
  - route: [{ destination: { host: shop.example.com, subset: v1 } }]
    retries: { attempts: 2, perTryTimeout: 2s }
    timeout: 5s
`;

/** One service leaves, one comes, the route changes its mind, an endpoint moves. */
const after = before
  .replaceAll('leaving', 'coming')
  .replace('subset: v1 } }]', 'subset: v2 } }]')
  .replace('192.0.2.2', '192.0.2.22');

const counters = {
  clusterUpdates: 'cluster_manager.cds.update_success',
  clusterRefusals: 'cluster_manager.cds.update_rejected',
  listenerUpdates: 'listener_manager.lds.update_success',
  listenerRefusals: 'listener_manager.lds.update_rejected',
};

describe.skipIf(impossible !== undefined)('a snapshot over the aggregated discovery service', () => {
  let lab: Lab;
  const figures = new Figures('ads');

  beforeAll(async () => {
    lab = await Lab.start();
  });

  afterAll(async () => {
    await lab.stop();
    figures.write();
  });

  it('is accepted in binary form, and so is its update', async () => {
    const count = async (): Promise<readonly (number | undefined)[]> => {
      const stats = await lab.ask({ do: 'stats', names: Object.values(counters) });
      return Object.values(counters).map((name) => stats[name]);
    };
    const visit = (host: string) => ({ port: 80, protocol: 'http', host }) as const;

    const mesh = await MeshInLab.start(lab, { manifests: before });
    const first = await lab.ask({ do: 'update', resources: mesh.resources });
    expect(first).toEqual({ refusals: [], accepted: sizesOf(mesh) });
    const [clusters = 0, , listeners = 0] = await count();
    const early = await mesh.send([
      visit('shop.example.com'),
      visit('leaving.example.com'),
      visit('coming.example.com'),
    ]);
    expect(early.exchanges.map(({ upstream }) => upstream)).toEqual(['192.0.2.1:80', '192.0.2.9:80', '1.3.3.7:80']);

    const second = await mesh.update(after);
    expect(second).toEqual({ refusals: [], accepted: sizesOf(mesh) });
    // The same Envoy took it: its counters went on.
    expect(await count()).toEqual([clusters + 1, 0, listeners + 1, 0]);
    const late = await mesh.send([
      visit('shop.example.com'),
      visit('leaving.example.com'),
      visit('coming.example.com'),
    ]);
    expect(late.exchanges.map(({ upstream }) => upstream)).toEqual(['192.0.2.22:80', '1.3.3.7:80', '192.0.2.9:80']);
    for (const [section, number] of Object.entries(second.accepted))
      figures.count('accepted after an update', section, number);
  });
});

function sizesOf({ resources }: MeshInLab): Readonly<Record<string, number>> {
  const { clusters, listeners, routes } = resources;
  // Envoy asks by name for what its listeners and clusters need.
  const asked = new Set(JSON.stringify(listeners).match(/(?<="routeConfigName":")[^"]*/g));
  return {
    clusters: clusters.length,
    listeners: listeners.length,
    routes: routes.filter(({ name }) => asked.has(name)).length,
    endpoints: clusters.filter(({ type }) => type === 'EDS').length,
  };
}
