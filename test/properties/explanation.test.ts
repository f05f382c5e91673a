import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/explain/explanation.ts';
import { readUrl } from '../../src/explain/read-url.ts';
import { explain, outcomes, resolve, type Snapshot, translate } from '../../src/index.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { manifestsOf, mesh } from '../arbitraries/mesh.ts';
import { request } from '../arbitraries/request.ts';

const scenario: fc.Arbitrary<Scenario> = fc.record({
  proxy: fc.record({
    type: fc.constantFrom('sidecar', 'sidecar', 'router', 'waypoint'),
    metadata: fc.constantFrom({}, { DNS_CAPTURE: 'true' }),
  }),
  meshConfig: fc.constantFrom({}, { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }),
});

const runs = { numRuns: 150 };

describe('explain', () => {
  it('ends every request in one outcome, and names only what exists', () => {
    fc.assert(
      fc.property(mesh, scenario, request, (resources, asked, sent) => {
        const snapshot = translate(manifestsOf(resources), asked);
        const found = explain(snapshot, sent);
        expect(Object.keys(outcomes)).toContain(found.outcome);
        expect(found.steps.length).toBeGreaterThan(0);
        expectToExist(snapshot, found);
        expect(explain(snapshot, sent)).toEqual(found);
      }),
      runs,
    );
  });

  it('does not throw, whatever part of the configuration is missing', () => {
    fc.assert(
      fc.property(mesh, request, fc.infiniteStream(fc.boolean()), (resources, sent, keep) => {
        const { clusters, listeners, routes, endpoints, nameTable } = translate(manifestsOf(resources));
        const some = <T>(list: readonly T[]): readonly T[] => list.filter(() => keep.next().value);
        const left: Snapshot = {
          clusters: some(clusters),
          listeners: some(listeners),
          routes: some(routes),
          endpoints: some(endpoints),
          nameTable,
        };
        const found = explain(left, sent);
        expect(Object.keys(outcomes)).toContain(found.outcome);
        expectToExist(left, found);
      }),
      runs,
    );
  });

  it('resolves any name and reads any URL', () => {
    fc.assert(
      fc.property(mesh, scenario, fc.oneof(fc.string(), fc.webUrl(), fc.domain()), (resources, asked, text) => {
        const snapshot = translate(manifestsOf(resources), asked);
        expect(['proxy', 'cluster', 'upstream', 'nobody']).toContain(resolve(snapshot, text).answeredBy);
        const url = readUrl(text);
        if ('request' in url) expect(url.request.port).toBeGreaterThan(0);
        else expect(url.problem).not.toBe('');
      }),
      runs,
    );
  });
});

function expectToExist({ listeners, clusters, routes }: Snapshot, found: Explanation): void {
  const { listener, filterChain, filterChainName, routeConfig, virtualHost, route, cluster, weightedClusters } = found;
  const chosen = listeners.find(({ name }) => name === listener);
  if (listener !== undefined) expect(chosen).toBeDefined();
  const chain =
    filterChain === 'default'
      ? chosen?.defaultFilterChain
      : chosen?.filterChains?.[filterChain === undefined ? -1 : filterChain];
  if (filterChain !== undefined) expect(chain?.name).toBe(filterChainName);
  const inline = chain?.filters?.flatMap(({ typedConfig }) =>
    typedConfig && 'routeConfig' in typedConfig && typedConfig.routeConfig ? [typedConfig.routeConfig] : [],
  );
  const table = [...routes, ...(inline ?? [])].find(({ name }) => name === routeConfig);
  if (found.outcome !== 'route-configuration-missing' && routeConfig !== undefined) expect(table).toBeDefined();
  const host = table?.virtualHosts?.find(({ name }) => name === virtualHost);
  if (virtualHost !== undefined) expect(host).toBeDefined();
  if (route !== undefined) expect(host?.routes?.map(({ name }) => name)).toContain(route);
  const missing = ['cluster-not-found', 'partly-unavailable', 'fault-aborted', 'cors-preflight'].includes(
    found.outcome,
  );
  const names = clusters.map(({ name }) => name);
  if (!missing) {
    for (const name of [
      ...(cluster === undefined ? [] : [cluster]),
      ...(weightedClusters ?? []).map((one) => one.name),
    ])
      expect(names).toContain(name);
  }
}
