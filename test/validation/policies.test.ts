import { describe, expect, it } from 'vitest';
import type { EnvoyConfigObjectPatch } from '../../src/model/istio/envoy-filter.ts';
import type { PeerAuthentication } from '../../src/model/istio/peer-authentication.ts';
import type { Telemetry } from '../../src/model/istio/telemetry.ts';
import { problemsOf } from './problems-of.ts';

describe('a PeerAuthentication', () => {
  it.each<readonly [string, PeerAuthentication, readonly string[]]>([
    ['for the namespace', { mtls: { mode: 'STRICT' } }, []],
    ['for ports of the namespace', { portLevelMtls: { 80: {} } }, ['error spec.portLevelMtls']],
    ['for ports of a workload', { selector: { matchLabels: { a: 'b' } }, portLevelMtls: { 80: {} } }, []],
    ['for no port', { selector: { matchLabels: { a: 'b' } }, portLevelMtls: {} }, ['error spec.portLevelMtls']],
    [
      'for port 0',
      { selector: { matchLabels: { a: 'b' } }, portLevelMtls: { 0: {} } },
      ['error spec.portLevelMtls["0"]'],
    ],
    ['with an empty selector', { selector: {} }, ['warning spec.selector.matchLabels']],
  ])('%s', (_, spec, problems) => {
    expect(problemsOf('PeerAuthentication', spec)).toEqual(problems);
  });
});

describe('a Telemetry', () => {
  const gateway = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'a' };
  it.each<readonly [string, Telemetry, readonly string[]]>([
    ['with a filter', { accessLogging: [{ filter: { expression: 'response.code >= 400' } }] }, []],
    [
      'with a filter that is no CEL',
      { accessLogging: [{ filter: { expression: 'response.code >=' } }] },
      ['error spec.accessLogging[0].filter.expression'],
    ],
    [
      'with a filter without an expression',
      { accessLogging: [{ filter: {} }] },
      ['error spec.accessLogging[0].filter.expression'],
    ],
    ['with a provider without a name', { metrics: [{ providers: [{}] }] }, ['error spec.metrics[0].providers[0].name']],
    [
      'with a rate of 101 %',
      { tracing: [{ randomSamplingPercentage: 101 }] },
      ['error spec.tracing[0].randomSamplingPercentage'],
    ],
    [
      'with two tracers',
      { tracing: [{ providers: [{ name: 'a' }, { name: 'b' }] }, {}] },
      ['warning spec.tracing', 'warning spec.tracing[0].providers'],
    ],
    [
      'with an empty tag',
      { tracing: [{ customTags: { a: { literal: {} } } }] },
      ['error spec.tracing[0].customTags.a.literal.value'],
    ],
    [
      'with a tag set to nothing',
      { metrics: [{ overrides: [{ tagOverrides: { a: {} } }] }] },
      ['error spec.metrics[0].overrides[0].tagOverrides.a.value'],
    ],
    [
      'with a tag removed and set',
      { metrics: [{ overrides: [{ tagOverrides: { a: { operation: 'REMOVE', value: 'b' } } }] }] },
      ['error spec.metrics[0].overrides[0].tagOverrides.a.value'],
    ],
    ['for a gateway', { targetRef: gateway }, []],
    ['for a Deployment', { targetRef: { group: 'apps', kind: 'Deployment', name: 'a' } }, ['error spec.targetRef']],
    [
      'for a gateway elsewhere',
      { targetRefs: [{ ...gateway, namespace: 'b' }] },
      ['error spec.targetRefs[0].namespace'],
    ],
    ['for a gateway and a workload', { targetRefs: [gateway], selector: { matchLabels: { a: 'b' } } }, ['error spec']],
  ])('%s', (_, spec, problems) => {
    expect(problemsOf('Telemetry', spec)).toEqual(problems);
  });
});

describe('an EnvoyFilter', () => {
  const merge = { operation: 'MERGE', value: {} } as const;
  const manager = 'envoy.filters.network.http_connection_manager';
  it.each<readonly [string, EnvoyConfigObjectPatch, readonly string[]]>([
    ['as it should be', { applyTo: 'CLUSTER', patch: merge }, []],
    ['to nothing', { patch: merge }, ['error .applyTo']],
    ['without an operation', { applyTo: 'CLUSTER' }, ['error .patch.operation']],
    ['without a value', { applyTo: 'CLUSTER', patch: { operation: 'MERGE' } }, ['error .patch.value']],
    ['that removes', { applyTo: 'CLUSTER', patch: { operation: 'REMOVE' } }, []],
    [
      'of a cluster by listener',
      { applyTo: 'CLUSTER', match: { listener: {} }, patch: merge },
      ['error .match.listener'],
    ],
    [
      'of a route by cluster',
      { applyTo: 'HTTP_ROUTE', match: { cluster: {} }, patch: merge },
      ['error .match.cluster'],
    ],
    ['for a waypoint, which is not checked', { match: { context: 'WAYPOINT' } }, []],
    [
      'for a version that is no expression',
      { applyTo: 'CLUSTER', match: { proxy: { proxyVersion: '(' } }, patch: merge },
      ['error .match.proxy.proxyVersion'],
    ],
    [
      'of a filter without a name',
      { applyTo: 'NETWORK_FILTER', match: { listener: { filterChain: { filter: {} } } }, patch: merge },
      ['error .match.listener.filterChain.filter.name'],
    ],
    [
      'of an HTTP filter',
      {
        applyTo: 'HTTP_FILTER',
        match: { listener: { filterChain: { filter: { name: manager, subFilter: { name: 'a' } } } } },
        patch: merge,
      },
      [],
    ],
    [
      'of an HTTP filter of another filter',
      {
        applyTo: 'HTTP_FILTER',
        match: { listener: { filterChain: { filter: { name: 'a', subFilter: { name: 'a' } } } } },
        patch: merge,
      },
      ['error .match.listener.filterChain.filter.name'],
    ],
    [
      'of a network filter by HTTP filter',
      {
        applyTo: 'NETWORK_FILTER',
        match: { listener: { filterChain: { filter: { name: manager, subFilter: { name: 'a' } } } } },
        patch: merge,
      },
      ['error .match.listener.filterChain.filter.subFilter'],
    ],
  ])('with a patch %s', (_, patch, problems) => {
    const found = problemsOf('EnvoyFilter', { configPatches: [patch] }).filter((problem) =>
      problem.startsWith('error'),
    );
    expect(found).toEqual(problems.map((problem) => problem.replace(' .', ' spec.configPatches[0].')));
  });

  it('always gets a warning', () => {
    expect(problemsOf('EnvoyFilter', {})).toEqual(['warning spec']);
  });

  it('is warned of old filter names', () => {
    const match = { listener: { filterChain: { filter: { name: 'envoy.tcp_proxy' } } } };
    expect(problemsOf('EnvoyFilter', { configPatches: [{ applyTo: 'NETWORK_FILTER', match, patch: merge }] })).toEqual([
      'warning spec',
      'warning spec.configPatches[0].match.listener.filterChain.filter.name',
    ]);
  });

  it('asks whoever knows Envoy’s schema about values', () => {
    const spec = { configPatches: [{ applyTo: 'CLUSTER', patch: merge }] } as const;
    const options = {
      checkPatch: (applyTo: string) => [{ severity: 'error' as const, path: [], message: `no ${applyTo}` }],
    };
    expect(problemsOf('EnvoyFilter', spec, options)).toContain('error spec.configPatches[0].patch.value');
  });
});
