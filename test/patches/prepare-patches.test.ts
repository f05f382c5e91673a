import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translate } from '../../src/index.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { manifestsOf, mesh } from '../arbitraries/mesh.ts';
import { codesOf, envoyFilter, type PlainFilter, services, translatePatched } from './envoy-filters.ts';

const name = 'outbound|80||web.example.com';
const timeout = (value: string, match: object = {}) => ({
  applyTo: 'CLUSTER',
  context: 'SIDECAR_OUTBOUND' as const,
  match: { cluster: { name }, ...match },
  value: { connect_timeout: value },
});

function timeoutWith(filters: readonly PlainFilter[], scenario: Scenario = {}): string | undefined {
  const { clusters } = translate(services + filters.map(envoyFilter).join(''), scenario);
  return clusters.find((cluster) => cluster.name === name)?.connectTimeout;
}

describe('EnvoyFilters', () => {
  it('apply from the root namespace first, then from the proxy’s own, by priority', () => {
    const root = { name: 'r', namespace: 'istio-system', patches: [timeout('1s')] };
    const own = { name: 'o', patches: [timeout('2s')] };
    expect(timeoutWith([own, root])).toBe('2s');
    expect(timeoutWith([{ ...own, spec: { priority: -1 } }, root])).toBe('1s');
    expect(timeoutWith([own, { ...root, spec: { priority: 1 } }])).toBe('1s');
  });

  it('apply by name where they are of one age', () => {
    const of = (filter: string, value: string) => ({ name: filter, patches: [timeout(value)] });
    expect(timeoutWith([of('b', '2s'), of('a', '1s')])).toBe('2s');
  });

  it('are for the workloads they select, in their namespace', () => {
    const labelled = { proxy: { labels: { app: 'client' } } };
    const selecting = (app: string) => ({
      spec: { workloadSelector: { labels: { app } } },
      patches: [timeout('1s')],
    });
    expect(timeoutWith([selecting('client')], labelled)).toBe('1s');
    expect(timeoutWith([selecting('other')], labelled)).toBe('10s');
    expect(timeoutWith([{ namespace: 'prod', patches: [timeout('1s')] }])).toBe('10s');
  });

  it('with target references are for gateways only', () => {
    const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public' }];
    const filter = { spec: { targetRefs }, patches: [{ ...timeout('1s'), context: 'GATEWAY' as const }] };
    const gateway = (gatewayName: string): Scenario => ({
      proxy: { type: 'router', labels: { 'gateway.networking.k8s.io/gateway-name': gatewayName } },
    });
    expect(timeoutWith([filter], gateway('public'))).toBe('1s');
    expect(timeoutWith([filter], gateway('other'))).toBe('10s');
    expect(timeoutWith([filter])).toBe('10s');
  });

  it('ask for a version with a pattern that is found anywhere', () => {
    const of = (proxyVersion: string) => [{ patches: [timeout('1s', { proxy: { proxyVersion } })] }];
    expect(timeoutWith(of('^1\\.30'))).toBe('1s');
    expect(timeoutWith(of('30'))).toBe('1s');
    expect(timeoutWith(of('^1\\.2'))).toBe('10s');
    expect(timeoutWith(of('^1\\.29'), { istioVersion: '1.29' })).toBe('1s');
    const long = `30|${'x'.repeat(1100)}`;
    expect(timeoutWith(of(long))).toBe('1s');
    expect(timeoutWith(of(long), { istioVersion: '1.31' })).toBe('10s');
  });

  it('never match by metadata', () => {
    const filter = { patches: [timeout('1s', { proxy: { metadata: { TIER: 'gold' } } })] };
    expect(timeoutWith([filter], { proxy: { metadata: { TIER: 'gold' } } })).toBe('10s');
  });

  it('replace lists from 1.31 on', () => {
    const patch = { ...timeout('1s'), operation: 'MERGE_AND_REPLACE_LIST' as const };
    expect(timeoutWith([{ patches: [patch] }], { istioVersion: '1.31' })).toBe('1s');
    expect(timeoutWith([{ patches: [patch] }])).toBe('10s');
  });

  it('are reported where they match nothing, unless they are for proxies of another kind', () => {
    const removal = { applyTo: 'LISTENER', operation: 'REMOVE', match: { listener: { name: 'none' } } } as const;
    const translation = translatePatched([removal, { ...removal, context: 'GATEWAY' }]);
    const found = translation.diagnostics.filter(({ code }) => code === 'envoy-filter-no-effect');
    expect(found).toMatchObject([{ path: 'spec.configPatches[0]', resource: { kind: 'EnvoyFilter', name: 'f' } }]);
    expect(codesOf(translatePatched([timeout('1s')]))).toEqual([]);
  });

  it('are refused for values that are not Envoy’s, at the field', () => {
    const translation = translatePatched([{ applyTo: 'CLUSTER', value: { filters: [{ name: 1 }] } }]);
    expect(translation.rejected).toHaveLength(1);
    expect(translation.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'resource-refused', path: 'spec.configPatches[0].patch.value.filters[0].name' }),
    );
  });

  it('change nothing where they merge nothing, remove what is not there or are for another kind of proxy', () => {
    const targets = ['CLUSTER', 'LISTENER', 'FILTER_CHAIN', 'ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE'];
    const patch = fc.oneof(
      fc.record({ applyTo: fc.constantFrom(...targets, 'NETWORK_FILTER', 'HTTP_FILTER'), value: fc.constant({}) }),
      fc.record({
        applyTo: fc.constantFrom(...targets, 'LISTENER_FILTER'),
        context: fc.constant('GATEWAY' as const),
        operation: fc.constantFrom('REMOVE' as const, 'MERGE' as const, 'ADD' as const),
        value: fc.constant({ name: 'x' }),
      }),
    );
    fc.assert(
      fc.property(mesh, fc.array(patch, { minLength: 1, maxLength: 4 }), (resources, patches) => {
        const manifests = manifestsOf(resources);
        const plain = translate(manifests);
        const patched = translate(`${manifests}\n---\n${envoyFilter({ patches })}`);
        for (const section of ['clusters', 'listeners', 'routes', 'endpoints'] as const) {
          expect(patched[section]).toEqual(plain[section]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leave what a proxy is sent frozen where it was, and give the same bytes again', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const patches = [
          { applyTo: 'LISTENER', value: { per_connection_buffer_limit_bytes: 7 } },
          {
            applyTo: 'NETWORK_FILTER',
            match: { listener: { filterChain: { filter: { name: 'istio.stats' } } } },
            value: { name: 'x' },
          },
          { applyTo: 'CLUSTER', value: { per_connection_buffer_limit_bytes: 7 } },
        ];
        const manifests = `${manifestsOf(resources)}\n---\n${envoyFilter({ patches })}`;
        expect(JSON.stringify(translate(manifests))).toBe(JSON.stringify(translate(manifests)));
      }),
      { numRuns: 30 },
    );
  });
});
