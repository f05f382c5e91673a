import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../../src/model/resource.ts';
import { buildWaypointListeners } from '../../../../src/translation/listeners/waypoint/build-waypoint-listeners.ts';
import type { Listener } from '../../../../src/xds/types.ts';
import { resource } from '../../../registry/mesh-of.ts';
import { attached, gateway, usesWaypoint, waypointOf } from '../../../registry/waypoints/ambient-mesh.ts';

function listenersOf(...args: Parameters<typeof waypointOf>): ReadonlyMap<string, Listener> {
  return new Map(buildWaypointListeners(waypointOf(...args).waypoint).map((listener) => [listener.name, listener]));
}

const mainInternal = (...args: Parameters<typeof waypointOf>) => listenersOf(...args).get('main_internal');
const chainsOf = (...args: Parameters<typeof waypointOf>) =>
  (mainInternal(...args)?.filterChains ?? []).map(({ name }) => name).filter((name) => !name?.startsWith('direct-'));
const port = (number: number, protocol: string) => ({ number, name: `p-${number}`, protocol });

const web = (ports: readonly ReturnType<typeof port>[], spec = {}): Resource =>
  attached('a.com', { addresses: ['192.0.2.7'], ports: [...ports], ...spec });

describe('listeners of a waypoint', () => {
  it('end tunnels, look inside, and open tunnels', () => {
    expect([...listenersOf([]).keys()]).toEqual([
      'connect_terminate',
      'main_internal',
      'connect_originate',
      'inner_connect_originate',
      'outer_connect_originate',
    ]);
  });

  it('have a chain for what each port carries', () => {
    const ports = [port(80, 'HTTP'), port(443, 'TLS'), port(53, 'UDP'), port(90, '')];
    expect(chainsOf([web(ports)])).toEqual([
      'inbound-vip|80|http|a.com',
      'inbound-vip|443|tcp|a.com',
      'inbound-vip|90|tcp|a.com',
      'inbound-vip|90|http|a.com',
    ]);
  });

  it('have no chain for TLS names under a wildcard, unless istiod is told to', () => {
    const dynamic = attached('*.a.com', { resolution: 'DYNAMIC_DNS', ports: [port(443, 'TLS')] });
    expect(chainsOf([dynamic])).toEqual([]);
    const features = { PILOT_ENABLE_AMBIENT: 'true', ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS: 'true' };
    expect(chainsOf([dynamic], { features })).toEqual(['inbound-vip|443|tcp|*.a.com']);
  });
});

describe('matching by address', () => {
  const rulesOf = (...args: Parameters<typeof waypointOf>) =>
    mainInternal(...args)?.filterChainMatcher?.matcherTree?.customMatch?.typedConfig as {
      readonly rangeMatchers?: readonly { readonly ranges: readonly { readonly addressPrefix: string }[] }[];
    };

  it('finds the chains of a service by port', () => {
    const rules = rulesOf([web([port(80, 'HTTP')])]);
    expect(rules.rangeMatchers).toHaveLength(1);
    expect(JSON.stringify(rules)).toContain('"80":{"action":{"name":"inbound-vip|80|http|a.com"');
  });

  it('is empty where nothing is attached', () => {
    expect(rulesOf([])).not.toHaveProperty('rangeMatchers');
  });

  it('finds workloads at any port', () => {
    const workload = resource('WorkloadEntry', { address: '10.1.5.1' }, { name: 'vm', labels: usesWaypoint });
    const rules = rulesOf([workload], {}, [gateway({ 'istio.io/waypoint-for': 'all' })]);
    expect(rules.rangeMatchers?.[0]?.ranges).toEqual([{ addressPrefix: '10.1.5.1', prefixLen: 32 }]);
  });
});

describe('inspectors', () => {
  const inspectorsOf = (...args: Parameters<typeof waypointOf>) =>
    (mainInternal(...args)?.listenerFilters ?? []).slice(1).map(({ name, filterDisabled }) => ({
      name: name.split('.').at(-1),
      off: filterDisabled?.destinationPortRange?.start,
    }));

  it('are off on ports that do without', () => {
    expect(inspectorsOf([web([port(80, 'HTTP')])])).toEqual([{ name: 'http_inspector', off: 80 }]);
    expect(inspectorsOf([web([port(443, 'TLS'), port(90, '')])])).toEqual([
      { name: 'http_inspector', off: 443 },
      { name: 'tls_inspector', off: 90 },
    ]);
  });

  it('are on where two services use a port differently', () => {
    const second = attached('b.com', { addresses: ['192.0.2.8'], ports: [port(80, 'TCP')] });
    expect(inspectorsOf([web([port(80, 'HTTP')]), second])).toEqual([{ name: 'http_inspector', off: undefined }]);
  });
});

describe('the TCP proxy', () => {
  const destinationOf = (rule: object): unknown => {
    const virtualService = resource('VirtualService', { hosts: ['a.com'], ...rule });
    const other = attached('b.com', { ports: [port(81, 'TCP')] });
    const chain = mainInternal([web([port(81, 'TCP')]), other, virtualService])?.filterChains?.[0];
    const config = chain?.filters?.at(-1)?.typedConfig as { cluster?: string; weightedClusters?: unknown };
    return config.cluster ?? config.weightedClusters;
  };
  const route = [{ destination: { host: 'b.com' } }];

  it('goes where the first rule leads that holds for anyone', () => {
    expect(destinationOf({ tcp: [{ match: [{ sourceNamespace: 'default' }], route }] })).toBe(
      'inbound-vip|81|tcp|a.com',
    );
    expect(destinationOf({ tcp: [{ match: [{ port: 81 }], route }] })).toBe('inbound-vip|81|tcp|b.com');
  });

  it('follows tls rules for the service itself before tcp rules', () => {
    const tcp = [{ route: [{ destination: { host: 'gone.com' } }] }];
    expect(destinationOf({ tls: [{ match: [{ sniHosts: ['a.com'] }], route }], tcp })).toBe('inbound-vip|81|tcp|b.com');
    expect(destinationOf({ tls: [{ match: [{ sniHosts: ['x.a.com'] }], route }] })).toBe('inbound-vip|81|tcp|a.com');
  });

  it('weighs several destinations', () => {
    const weighted = [
      { destination: { host: 'a.com' }, weight: 30 },
      { destination: { host: 'b.com' }, weight: 70 },
      { destination: { host: 'gone.com' }, weight: 0 },
    ];
    expect(destinationOf({ tcp: [{ route: weighted }] })).toEqual({
      clusters: [
        { name: 'inbound-vip|81|tcp|a.com', weight: 30 },
        { name: 'inbound-vip|81|tcp|b.com', weight: 70 },
      ],
    });
  });
});

it('old proxies know no hashable strings', () => {
  const text = (version: string) =>
    JSON.stringify([...listenersOf([], { proxy: { type: 'waypoint', metadata: { ISTIO_VERSION: version } } })]);
  expect(text('1.29.1')).toContain('envoy.string');
  expect(text('1.29.2')).not.toContain('envoy.string');
});
