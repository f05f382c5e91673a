import { describe, expect, it } from 'vitest';
import { buildListeners } from '../../../src/translation/listeners/build-listeners.ts';
import type { FilterChain, Listener } from '../../../src/xds/types.ts';
import { serviceOf, type ViewParts, viewOf } from './view-of.ts';

function outbound(parts: ViewParts): readonly Listener[] {
  return buildListeners(viewOf(parts).view).filter(({ name }) => !name.startsWith('virtual'));
}

const named = (listeners: readonly Listener[], name: string): Listener | undefined =>
  listeners.find((listener) => listener.name === name);

/** Where the last filter of a chain leads. */
function leadsTo(chain: FilterChain | undefined): string | undefined {
  const config = chain?.filters?.at(-1)?.typedConfig;
  if (config && 'rds' in config) return `routes ${config.rds?.routeConfigName}`;
  if (config && 'cluster' in config) return String(config.cluster);
  return config && 'weightedClusters' in config ? 'weighted' : undefined;
}

const chainsOf = (listener: Listener | undefined): readonly (string | undefined)[] =>
  [...(listener?.filterChains ?? []), ...(listener?.defaultFilterChain ? [listener.defaultFilterChain] : [])].map(
    leadsTo,
  );

describe('which listeners exist', () => {
  it('puts HTTP on all addresses of its port, TCP on the address of the service', () => {
    const service = serviceOf('api.example.com', ['80/HTTP', '5432/TCP'], { defaultAddress: '192.0.2.7' });
    expect(outbound({ services: [service] }).map(({ name }) => name)).toEqual(['0.0.0.0_80', '192.0.2.7_5432']);
  });

  it('shares a port between HTTP services, and between TLS services by server name', () => {
    const listeners = outbound({
      services: [
        serviceOf('a.example.com', ['80/HTTP', '443/TLS']),
        serviceOf('b.example.com', ['80/HTTP', '443/TLS']),
      ],
    });
    expect(chainsOf(named(listeners, '0.0.0.0_80'))).toEqual(['routes 80', 'PassthroughCluster']);
    const tls = named(listeners, '0.0.0.0_443');
    expect(tls?.filterChains?.map(({ filterChainMatch }) => filterChainMatch?.serverNames)).toEqual([
      ['a.example.com'],
      ['b.example.com'],
    ]);
    expect(tls?.listenerFilters?.map(({ name }) => name)).toEqual(['envoy.filters.listener.tls_inspector']);
  });

  it('matches a range of addresses on the wildcard listener', () => {
    const service = serviceOf('db.example.com', ['5432/TCP'], { defaultAddress: '198.51.100.9/24' });
    const [listener] = outbound({ services: [service] });
    expect(listener?.name).toBe('0.0.0.0_5432');
    expect(listener?.filterChains?.[0]?.filterChainMatch).toEqual({
      prefixRanges: [{ addressPrefix: '198.51.100.9', prefixLen: 24 }],
    });
  });

  it('gives a headless TCP service a listener for each endpoint but the proxy itself', () => {
    const service = serviceOf('db.default.svc.cluster.local', ['5432/TCP'], {
      resolution: 'passthrough',
      registry: 'Kubernetes',
    });
    const endpoints = { [service.hostname]: [['10.0.0.1'], ['10.10.0.1'], ['db.example.com'], ['10.0.0.2']] };
    expect(outbound({ services: [service], endpoints }).map(({ name }) => name)).toEqual([
      '10.0.0.1_5432',
      '10.0.0.2_5432',
    ]);
    expect(outbound({ services: [service] })).toEqual([]);
  });

  it('leaves UDP ports, aliases and reserved ports out', () => {
    const services = [
      serviceOf('dns.example.com', ['53/UDP']),
      serviceOf('alias.example.com', ['80/HTTP'], { resolution: 'alias' }),
      serviceOf('inner.example.com', ['15001/HTTP']),
    ];
    expect(outbound({ services })).toEqual([]);
  });

  it('binds to the loopback address without interception', () => {
    const listeners = buildListeners(
      viewOf({
        services: [serviceOf('api.example.com', ['8080/HTTP'])],
        proxy: { interceptionMode: 'NONE' },
      }).view,
    );
    expect(listeners.map(({ name }) => name)).toEqual(['127.0.0.1_8080']);
    expect(listeners[0]).toMatchObject({ maxConnectionsToAcceptPerSocketEvent: 1 });
    expect(listeners[0]).not.toHaveProperty('bindToPort');
  });

  it('keeps the catch-all egress listener away from the ports that others name', () => {
    const api = serviceOf('api.example.com', ['80/HTTP']);
    const other = serviceOf('other.example.com', ['80/TCP', '90/TCP']);
    const listeners = outbound({
      egress: [
        {
          configuration: { port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts: ['*/*'] },
          services: [api],
          virtualServices: [],
        },
        { configuration: { hosts: ['*/*'] }, services: [other], virtualServices: [] },
      ],
    });
    expect(chainsOf(named(listeners, '0.0.0.0_80'))).toEqual(['routes 80', 'PassthroughCluster']);
    expect(chainsOf(named(listeners, '0.0.0.0_90'))).toEqual(['outbound|90||other.example.com']);
  });

  it('listens on the path of a unix socket', () => {
    const [listener] = outbound({
      egress: [
        {
          configuration: {
            port: { number: 0, protocol: 'HTTP', name: 'http' },
            bind: 'unix:///run/app',
            hosts: ['*/*'],
          },
          services: [serviceOf('api.example.com', ['80/HTTP'])],
          virtualServices: [],
        },
      ],
    });
    expect(listener?.address).toEqual({ pipe: { path: '/run/app' } });
    expect(chainsOf(listener)).toEqual(['routes unix:///run/app']);
  });
});

describe('who wins a conflict', () => {
  it('keeps the first of two TCP services that nothing tells apart, and says so', () => {
    const { view, diagnostics } = viewOf({
      services: [serviceOf('a.example.com', ['5432/TCP']), serviceOf('b.example.com', ['5432/TCP'])],
    });
    expect(chainsOf(named(buildListeners(view), '0.0.0.0_5432'))).toEqual(['outbound|5432||a.example.com']);
    expect(diagnostics).toMatchObject([
      {
        code: 'listener-conflict',
        severity: 'warning',
        resource: { kind: 'ServiceEntry', namespace: 'default', name: 'b' },
        related: [{ resource: { kind: 'ServiceEntry', namespace: 'default', name: 'a' } }],
      },
    ]);
  });

  it.each([
    ['HTTP first', '80/HTTP', '80/TCP'],
    ['TCP first', '80/TCP', '80/HTTP'],
  ])('detects the protocol where HTTP and TCP share a port: %s', (_, first, second) => {
    const { view, diagnostics } = viewOf({
      services: [serviceOf('a.example.com', [first]), serviceOf('b.example.com', [second])],
    });
    const listener = named(buildListeners(view), '0.0.0.0_80');
    expect(chainsOf(listener)[0]).toBe('routes 80');
    expect(listener?.defaultFilterChain).toBeDefined();
    expect(listener?.listenerFilters?.map(({ name }) => name)).toEqual(['envoy.filters.listener.http_inspector']);
    expect(diagnostics).toEqual([]);
  });

  it('lets a server-first protocol share with its own kind only', () => {
    const { view, diagnostics } = viewOf({
      services: [serviceOf('a.example.com', ['3306/MySQL']), serviceOf('b.example.com', ['3306/HTTP'])],
    });
    expect(chainsOf(named(buildListeners(view), '0.0.0.0_3306'))).toEqual(['outbound|3306||a.example.com']);
    expect(diagnostics).toMatchObject([{ code: 'listener-conflict', resource: { name: 'b' } }]);
  });

  it('stays linear in the number of services that share a port', () => {
    const services = Array.from({ length: 3_000 }, (_, index) => serviceOf(`s${index}.example.com`, ['443/TLS']));
    expect(outbound({ services })[0]?.filterChains).toHaveLength(3_000);
  });
});

describe('routes of VirtualServices', () => {
  const service = serviceOf('api.example.com', ['443/TLS']);

  it('takes the first of two matches that differ only in what is known beforehand', () => {
    const route = (subset: string) => [{ destination: { host: 'api.example.com', subset } }];
    const sniHosts = ['api.example.com'];
    const [listener] = outbound({
      services: [service],
      virtualServices: [
        {
          hosts: ['api.example.com'],
          tls: [
            { match: [{ sniHosts, sourceLabels: { app: 'other' } }], route: route('never') },
            { match: [{ sniHosts }], route: route('v1') },
            { match: [{ sniHosts, port: 443 }], route: route('v2') },
          ],
        },
      ],
    });
    expect(listener?.filterChains?.map(leadsTo)).toEqual(['outbound|443|v1|api.example.com']);
    expect(listener?.filterChains?.[0]?.metadata?.filterMetadata).toEqual({
      istio: { config: '/apis/networking.istio.io/v1/namespaces/default/virtual-service/routes-0' },
    });
  });

  it('splits TCP by weight and leaves out what weighs nothing', () => {
    const tcp = serviceOf('db.example.com', ['5432/TCP']);
    const destination = { host: 'db.example.com' };
    const [listener] = outbound({
      services: [tcp],
      virtualServices: [
        {
          hosts: ['*.example.com'],
          tcp: [
            {
              route: [
                { destination: { ...destination, subset: 'v1' }, weight: 90 },
                { destination: { ...destination, subset: 'v2' }, weight: 10 },
                { destination, weight: 0 },
              ],
            },
          ],
        },
      ],
    });
    expect(listener?.filterChains?.[0]?.filters?.at(-1)?.typedConfig).toMatchObject({
      statPrefix: 'routes-0.default',
      weightedClusters: {
        clusters: [
          { name: 'outbound|5432|v1|db.example.com', weight: 90 },
          { name: 'outbound|5432|v2|db.example.com', weight: 10 },
        ],
      },
    });
  });

  it('asks for the destination subnets of a tcp match, with the service behind them', () => {
    const tcp = serviceOf('db.example.com', ['5432/TCP']);
    const [listener] = outbound({
      services: [tcp],
      virtualServices: [
        {
          hosts: ['db.example.com'],
          tcp: [
            {
              match: [{ destinationSubnets: ['10.2.0.0/16', '10.1.0.0/16'] }],
              route: [{ destination: { host: 'db.example.com', subset: 'near' } }],
            },
          ],
        },
      ],
    });
    expect(listener?.filterChains?.[0]?.filterChainMatch?.prefixRanges).toEqual([
      { addressPrefix: '10.1.0.0', prefixLen: 16 },
      { addressPrefix: '10.2.0.0', prefixLen: 16 },
    ]);
    expect(chainsOf(listener)).toEqual(['outbound|5432|near|db.example.com', 'outbound|5432||db.example.com']);
  });
});

describe('TCP settings of a DestinationRule', () => {
  it('limits connections, hashes by client address and tunnels', () => {
    const [listener] = outbound({
      services: [serviceOf('db.example.com', ['5432/TCP'])],
      rules: {
        'db.example.com': {
          host: 'db.example.com',
          trafficPolicy: {
            connectionPool: { tcp: { idleTimeout: '60s', maxConnectionDuration: '3600s' } },
            loadBalancer: { consistentHash: { useSourceIp: true } },
            tunnel: { targetHost: '2001:db8::1', targetPort: 443, protocol: 'POST' },
          },
        },
      },
    });
    expect(listener?.filterChains?.[0]?.filters?.at(-1)?.typedConfig).toMatchObject({
      idleTimeout: '60s',
      maxDownstreamConnectionDuration: '3600s',
      hashPolicy: [{ sourceIp: {} }],
      tunnelingConfig: { hostname: '[2001:db8::1]:443', usePost: true },
    });
  });
});

describe('wildcard hosts that are resolved by name', () => {
  it('reads the server name and resolves it', () => {
    const service = serviceOf('*.example.com', ['443/TLS'], {
      resolution: 'dynamic-dns',
      defaultAddress: '240.240.0.1',
    });
    const [listener] = outbound({ services: [service] });
    expect(listener?.name).toBe('240.240.0.1_443');
    expect(listener?.filterChains?.[0]?.filterChainMatch).toEqual({ serverNames: ['*.example.com'] });
    expect(listener?.filterChains?.[0]?.filters?.map(({ name }) => name)).toEqual([
      'istio.stats',
      'envoy.extensions.filters.network.sni_dynamic_forward_proxy',
      'envoy.filters.network.tcp_proxy',
    ]);
    expect(leadsTo(listener?.defaultFilterChain)).toBe('PassthroughCluster');
  });
});
