import { describe, expect, it } from 'vitest';
import { translate } from '../../../src/index.ts';
import type { Scenario } from '../../../src/model/scenario.ts';

const entry = (spec: string, name = 'a') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name} }
spec: ${spec}
---`;
const rule = (spec: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: r }
spec: ${spec}
---`;
const dns = entry('{ hosts: [a.example.com], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }');

function clustersOf(manifests: string, scenario: Scenario = {}) {
  return new Map(translate(manifests, scenario).clusters.map((cluster) => [cluster.name, cluster]));
}

describe('buildClusters', () => {
  it('sends every sidecar the fixed clusters', () => {
    expect([...clustersOf('').keys()]).toEqual(['BlackHoleCluster', 'PassthroughCluster', 'InboundPassthroughCluster']);
  });

  it('leaves out a DNS cluster without endpoints, and its subsets with it', () => {
    const selecting = entry(
      '{ hosts: [a.example.com], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS, workloadSelector: { labels: { app: none } } }',
    );
    const names = [...clustersOf(selecting + rule('{ host: a.example.com, subsets: [{ name: v1 }] }')).keys()];
    expect(names.filter((name) => name.startsWith('outbound'))).toEqual([]);
  });

  it('passes a subset through to the original destination, without the fields of DNS', () => {
    const passing = rule(
      '{ host: a.example.com, subsets: [{ name: v1, trafficPolicy: { loadBalancer: { simple: PASSTHROUGH } } }] }',
    );
    const cluster = clustersOf(dns + passing).get('outbound|443|v1|a.example.com');
    expect(cluster).toMatchObject({ type: 'ORIGINAL_DST', lbPolicy: 'CLUSTER_PROVIDED' });
    expect(cluster).not.toHaveProperty('dnsLookupFamily');
    expect(cluster).not.toHaveProperty('loadAssignment');
  });

  it('keeps the fields of DNS where the whole service is passed through, as istiod does', () => {
    const passing = rule('{ host: a.example.com, trafficPolicy: { loadBalancer: { simple: PASSTHROUGH } } }');
    const cluster = clustersOf(dns + passing).get('outbound|443||a.example.com');
    expect(cluster).toMatchObject({ type: 'ORIGINAL_DST', dnsLookupFamily: 'V4_ONLY' });
    expect(cluster).not.toHaveProperty('loadAssignment');
  });

  it('sends a port without resolution on to its target port', () => {
    const none = entry(
      '{ hosts: [a.example.com], ports: [{ number: 80, name: http, protocol: HTTP, targetPort: 8080 }], resolution: NONE }',
    );
    expect(clustersOf(none).get('outbound|80||a.example.com')?.originalDstLbConfig).toEqual({
      upstreamPortOverride: 8080,
    });
  });

  it('weighs localities only where a setting uses them', () => {
    const locality = '{ localityLbSetting: { failover: [{ from: r1, to: r2 }] } }';
    const commonOf = (policy: string) =>
      clustersOf(dns + rule(`{ host: a.example.com, trafficPolicy: ${policy} }`)).get('outbound|443||a.example.com')
        ?.commonLbConfig;
    expect(commonOf(`{ loadBalancer: ${locality} }`)).toEqual({});
    expect(commonOf(`{ loadBalancer: ${locality}, outlierDetection: { minHealthPercent: 30 } }`)).toEqual({
      healthyPanicThreshold: { value: 30 },
      localityWeightedLbConfig: {},
    });
  });

  it('tells Envoy that a dynamic forward proxy with a fixed SNI is meant', () => {
    const wildcard = entry(
      '{ hosts: ["*.example.com"], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DYNAMIC_DNS }',
    );
    const insecure = (tls: string) =>
      clustersOf(wildcard + rule(`{ host: "*.example.com", trafficPolicy: { tls: ${tls} } }`)).get(
        'outbound|443||*.example.com',
      )?.clusterType?.typedConfig;
    expect(insecure('{ mode: SIMPLE, sni: x.example.com }')).toMatchObject({ allowInsecureClusterOptions: true });
    expect(insecure('{ mode: SIMPLE }')).not.toHaveProperty('allowInsecureClusterOptions');
  });

  it('adds the secret server that the proxy announces', () => {
    const clusters = clustersOf('', { proxy: { metadata: { credential: 'true' } } });
    expect(clusters.get('sds-external')?.loadAssignment?.endpoints?.[0]?.lbEndpoints?.[0]?.endpoint?.address).toEqual({
      pipe: { path: './var/run/secrets/credential-uds/socket' },
    });
  });

  it('shares the parts that clusters have in common, frozen', () => {
    const other = dns.replace('name: a }', 'name: b }').replace('a.example.com', 'b.example.com');
    const [first, second] = [...clustersOf(dns + other).values()].filter(({ name }) => name.startsWith('outbound'));
    for (const part of ['filters', 'circuitBreakers', 'typedDnsResolverConfig', 'commonLbConfig'] as const) {
      expect(first?.[part]).toBe(second?.[part]);
      expect(Object.isFrozen(first?.[part])).toBe(true);
    }
  });

  it('has no dynamic forward proxy for sidecars before 1.30', () => {
    const wildcard = entry(
      '{ hosts: ["*.example.com"], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DYNAMIC_DNS, location: MESH_EXTERNAL }',
    );
    const has = (istioVersion: '1.29' | '1.30') =>
      clustersOf(wildcard, { istioVersion }).has('outbound|443||*.example.com');
    expect([has('1.29'), has('1.30')]).toEqual([false, true]);
  });
});
