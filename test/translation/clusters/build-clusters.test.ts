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

  it('makes plain objects', () => {
    for (const cluster of clustersOf(dns).values()) expect(Object.getPrototypeOf(cluster)).toBe(Object.prototype);
  });

  it('says the same of a service in the clusters of all its ports, frozen', () => {
    const ports = '[{ number: 80, name: http, protocol: HTTP }, { number: 443, name: tls, protocol: TLS }]';
    const clusters = clustersOf(entry(`{ hosts: [two.example.com], ports: ${ports}, resolution: DNS }`));
    const [first, second] = [80, 443].map((port) => clusters.get(`outbound|${port}||two.example.com`)?.metadata);
    expect(first).toEqual({
      filterMetadata: {
        istio: {
          services: [{ host: 'two.example.com', name: 'two.example.com', namespace: 'default' }],
          external: true,
        },
      },
    });
    expect(second).toBe(first);
    expect(Object.isFrozen(first?.filterMetadata?.['istio']?.['services'])).toBe(true);
  });

  describe('clusters of one policy', () => {
    const service = (name: string, fields: string, labels = '{}') =>
      entry(
        `{ hosts: [${name}.example.com], ports: [{ number: 443, name: tls, protocol: TLS }], ${fields} }`,
        name,
      ).replace(`name: ${name} }`, `name: ${name}, labels: ${labels} }`);
    const ofBoth = (first: string, second: string, policy: string, scenario: Scenario = {}) => {
      const clusters = clustersOf(
        first + second + rule(`{ host: "*.example.com", trafficPolicy: ${policy} }`),
        scenario,
      );
      return ['a', 'b'].map((name) => clusters.get(`outbound|443||${name}.example.com`));
    };

    it('have their own names, endpoints and services', () => {
      const [a, b] = ofBoth(service('a', 'resolution: DNS'), service('b', 'resolution: DNS'), '{}');
      expect(
        JSON.parse(
          JSON.stringify(a).replaceAll('a.example.com', 'b.example.com').replace('a;default;a', 'b;default;b'),
        ),
      ).toEqual(b);
    });

    it('have their own identities, which only their TLS depends on', () => {
      const named = (name: string) => service(name, `resolution: DNS, subjectAltNames: [${name}]`);
      const [a, b] = ofBoth(named('a'), named('b'), '{ tls: { mode: SIMPLE } }');
      expect(JSON.stringify(a?.transportSocket)).toContain('"matchSubjectAltNames":[{"exact":"a"}]');
      expect(JSON.stringify(b?.transportSocket)).toContain('"matchSubjectAltNames":[{"exact":"b"}]');
      expect(a?.circuitBreakers).toBe(b?.circuitBreakers);
    });

    it('have their own SNI inside the mesh', () => {
      const inMesh = (name: string) => service(name, 'resolution: STATIC, location: MESH_INTERNAL');
      const [a, b] = ofBoth(inMesh('a'), inMesh('b'), '{}');
      expect(JSON.stringify(a?.transportSocketMatches)).toContain('"sni":"outbound_.443_._.a.example.com"');
      expect(JSON.stringify(b?.transportSocketMatches)).toContain('"sni":"outbound_.443_._.b.example.com"');
    });

    it('have another port of the original destination each, or none', () => {
      const toPort = (name: string, port: number) =>
        service(name, 'resolution: NONE').replace('protocol: TLS }', `protocol: TLS, targetPort: ${port} }`);
      const [a, b] = ofBoth(toPort('a', 1443), toPort('b', 2443), '{}');
      expect([a, b].map((cluster) => cluster?.originalDstLbConfig?.upstreamPortOverride)).toEqual([1443, 2443]);
      const [c, d] = ofBoth(toPort('a', 1443), service('b', 'resolution: NONE'), '{}');
      expect(c).toHaveProperty('originalDstLbConfig');
      expect(d).not.toHaveProperty('originalDstLbConfig');
    });

    it('differ where their services do', () => {
      const sticky = service('a', 'resolution: STATIC', '{ istio.io/persistent-session: x }');
      const [a, b] = ofBoth(sticky, service('b', 'resolution: STATIC'), '{}');
      expect(a?.commonLbConfig).toHaveProperty('overrideHostStatus');
      expect(b?.commonLbConfig).not.toHaveProperty('overrideHostStatus');
      const [c, d] = ofBoth(
        service('a', 'resolution: STATIC, location: MESH_INTERNAL'),
        service('b', 'resolution: STATIC'),
        '{}',
      );
      expect(c).toHaveProperty('transportSocketMatches');
      expect(d).not.toHaveProperty('transportSocketMatches');
    });

    it('leave what was given as it was', () => {
      const cipherSuites = ['ECDHE-RSA-AES256-GCM-SHA384'];
      const scenario = { meshConfig: { tlsDefaults: { cipherSuites } } };
      ofBoth(service('a', 'resolution: DNS'), service('b', 'resolution: DNS'), '{ tls: { mode: SIMPLE } }', scenario);
      expect(Object.isFrozen(cipherSuites)).toBe(false);
    });
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
