import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { readScenario } from '../../src/registry/read-scenario.ts';
import { placeProxy } from '../../src/registry/topology-labels.ts';

function read(scenario: Scenario): { proxy: ReturnType<typeof placeProxy>; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const { proxy } = readScenario(scenario, (diagnostic) => void diagnostics.push(diagnostic));
  return { proxy: placeProxy(proxy, undefined), diagnostics };
}

describe('the place of a proxy', () => {
  it('is what its topology labels say, before its own locality', () => {
    const labels = { 'topology.kubernetes.io/region': 'r1' };
    const { proxy } = read({ proxy: { labels, locality: 'r2/z2/s2' } });
    expect(proxy.locality).toEqual({ region: 'r1', zone: '', subZone: '' });
  });

  it('takes the locality label as it is, dots and all', () => {
    const { proxy } = read({ proxy: { labels: { 'istio-locality': 'r1.z1' } } });
    expect(proxy.locality.region).toBe('r1.z1');
  });

  it('becomes labels: locality, cluster, node, and the network unless it is labelled', () => {
    const { proxy } = read({
      proxy: {
        locality: 'r/z/s',
        network: 'n2',
        labels: { 'topology.istio.io/network': 'n1' },
        metadata: { NODE_NAME: 'node-1' },
      },
    });
    expect(proxy.labels).toEqual({
      'topology.istio.io/network': 'n1',
      'topology.kubernetes.io/region': 'r',
      'topology.kubernetes.io/zone': 'z',
      'topology.istio.io/subzone': 's',
      'topology.istio.io/cluster': 'Kubernetes',
      'kubernetes.io/hostname': 'node-1',
    });
  });
});

describe('settings that are not simulated', () => {
  it('are reported once each, by name', () => {
    const { diagnostics } = read({
      meshConfig: { discoverySelectors: [{}], serviceSettings: [{}], configSources: [], connectTimeout: '1s' },
      features: { PILOT_ENABLE_AMBIENT: 'true', PILOT_FILTER_GATEWAY_CLUSTER_CONFIG: 'true' },
    });
    expect(diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['not-simulated', 'meshConfig.discoverySelectors'],
      ['not-simulated', 'meshConfig.serviceSettings'],
      ['not-simulated', 'features.PILOT_FILTER_GATEWAY_CLUSTER_CONFIG'],
    ]);
  });

  it('leave alone names that only objects know', () => {
    const { diagnostics } = read({ meshConfig: JSON.parse('{"__proto__": {"a": 1}, "constructor": {}}') });
    expect(diagnostics.map(({ code }) => code)).not.toContain('not-simulated');
  });
});
