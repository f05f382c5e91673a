import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/model/scenario.ts';
import type { Listener } from '../../../src/xds/types.ts';
import { codesOf, type PlainPatch, translatePatched } from '../envoy-filters.ts';

const lua = {
  name: 'envoy.filters.http.lua',
  typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua' },
};
const tcp = (fields: object) => ({
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
    ...fields,
  },
});
const manager = 'envoy.filters.network.http_connection_manager';

function listenersOf(patches: readonly PlainPatch[], scenario: Scenario = {}): ReadonlyMap<string, Listener> {
  const { listeners } = translatePatched(patches, scenario);
  return new Map(listeners.map((listener) => [listener.name, listener]));
}

const outbound = (patch: PlainPatch): PlainPatch => ({ context: 'SIDECAR_OUTBOUND', ...patch });
const networkFilters = (listener: Listener | undefined) =>
  (listener?.filterChains ?? []).map(({ filters = [] }) => filters.map(({ name }) => name));
const httpFilters = (listener: Listener | undefined) => {
  const config = listener?.filterChains?.flatMap(({ filters = [] }) => filters).find(({ name }) => name === manager);
  const typed = config?.typedConfig as { httpFilters?: readonly { name: string }[] } | undefined;
  return (typed?.httpFilters ?? []).map(({ name }) => name);
};

describe('patches of listeners', () => {
  it('match by name and by port', () => {
    const touched = (match: object) =>
      [...listenersOf([outbound({ applyTo: 'LISTENER', match, value: { tcp_fast_open_queue_length: 1 } })]).values()]
        .filter(({ tcpFastOpenQueueLength }) => tcpFastOpenQueueLength === 1)
        .map(({ name }) => name)
        .sort();
    expect(touched({ listener: { portNumber: 5432 } })).toEqual(['192.0.2.9_5432']);
    expect(touched({ listener: { name: '0.0.0.0_80' } })).toEqual(['0.0.0.0_80']);
    expect(touched({ listener: { name: '0.0.0.0_80', portNumber: 443 } })).toEqual([]);
    expect(touched({})).toEqual(['0.0.0.0_443', '0.0.0.0_80', '192.0.2.9_5432', 'virtualOutbound']);
  });

  it('remove and add, but do not add to the listener that intercepts', () => {
    const extra = { name: 'extra', filter_chains: [{ filters: [tcp({ cluster: 'a' })] }] };
    const listeners = listenersOf([
      outbound({ applyTo: 'LISTENER', match: { listener: { portNumber: 5432 } }, operation: 'REMOVE' }),
      { applyTo: 'LISTENER', operation: 'ADD', value: extra },
    ]);
    expect([...listeners.keys()].sort()).toEqual([
      '0.0.0.0_443',
      '0.0.0.0_80',
      'extra',
      'virtualInbound',
      'virtualOutbound',
    ]);
  });

  it('of filter chains match by what the chain matches', () => {
    const removed = (filterChain: object) => {
      const patch = outbound({ applyTo: 'FILTER_CHAIN', match: { listener: { filterChain } }, operation: 'REMOVE' });
      return listenersOf([patch]).get('0.0.0.0_443')?.filterChains;
    };
    expect(removed({ sni: 'web.example.com' })).toBeUndefined();
    expect(removed({ sni: 'other.example.com' })).toHaveLength(1);
    expect(removed({ transportProtocol: 'tls' })).toHaveLength(1);
    expect(removed({ destinationPort: 443 })).toHaveLength(1);
  });

  it('find the chains of an intercepting listener by the port that these match', () => {
    const patch: PlainPatch = {
      applyTo: 'FILTER_CHAIN',
      context: 'SIDECAR_INBOUND',
      match: { listener: { portNumber: 15006 } },
      operation: 'REMOVE',
    };
    const names = listenersOf([patch])
      .get('virtualInbound')
      ?.filterChains?.map(({ name }) => name);
    expect(names).not.toContain('virtualInbound-blackhole');
    expect(names).toContain('virtualInbound');
  });

  it('of network filters find their place, replace and remove', () => {
    const at = (operation: NonNullable<PlainPatch['operation']>, filter?: object) =>
      networkFilters(
        listenersOf([
          outbound({
            applyTo: 'NETWORK_FILTER',
            match: { listener: { portNumber: 5432, filterChain: { ...(filter && { filter }) } } },
            operation,
            ...(operation !== 'REMOVE' && { value: { name: 'x' } }),
          }),
        ]).get('192.0.2.9_5432'),
      );
    const proxy = { name: 'envoy.filters.network.tcp_proxy' };
    expect(at('INSERT_BEFORE', proxy)).toEqual([['istio.stats', 'x', proxy.name]]);
    expect(at('INSERT_AFTER', proxy)).toEqual([['istio.stats', proxy.name, 'x']]);
    expect(at('INSERT_FIRST')).toEqual([['x', 'istio.stats', proxy.name]]);
    expect(at('ADD')).toEqual([['istio.stats', proxy.name, 'x']]);
    expect(at('REPLACE', proxy)).toEqual([['istio.stats', 'x']]);
    expect(at('REPLACE')).toEqual([['istio.stats', proxy.name]]);
    expect(at('REMOVE', proxy)).toEqual([['istio.stats']]);
  });

  it('of HTTP filters hold on to a filter inside the connection manager', () => {
    const at = (operation: NonNullable<PlainPatch['operation']>, subFilter?: string) =>
      httpFilters(
        listenersOf([
          outbound({
            applyTo: 'HTTP_FILTER',
            match: {
              listener: {
                filterChain: { filter: { name: manager, ...(subFilter && { subFilter: { name: subFilter } }) } },
              },
            },
            operation,
            ...(operation !== 'REMOVE' && { value: lua }),
          }),
        ]).get('0.0.0.0_80'),
      );
    expect(at('INSERT_BEFORE', 'envoy.filters.http.router').at(-2)).toBe(lua.name);
    expect(at('INSERT_AFTER', 'envoy.filters.http.router').at(-1)).toBe(lua.name);
    expect(at('INSERT_BEFORE')[0]).toBe(lua.name);
    expect(at('INSERT_BEFORE', 'no.such.filter')).not.toContain(lua.name);
    expect(at('REMOVE', 'envoy.filters.http.router')).not.toContain('envoy.filters.http.router');
  });

  it('merge into the filter that they name', () => {
    const listener = listenersOf([
      outbound({
        applyTo: 'NETWORK_FILTER',
        match: { listener: { filterChain: { filter: { name: 'envoy.filters.network.tcp_proxy' } } } },
        value: tcp({ idle_timeout: '77s' }),
      }),
    ]).get('192.0.2.9_5432');
    expect(listener?.filterChains?.[0]?.filters?.at(-1)?.typedConfig).toMatchObject({
      cluster: 'outbound|5432||db.example.com',
      idleTimeout: '77s',
    });
  });

  it('reach every listener where they are merged into a filter that listeners share', () => {
    const listeners = listenersOf([
      outbound({
        applyTo: 'NETWORK_FILTER',
        match: { listener: { portNumber: 5432, filterChain: { filter: { name: 'istio.stats' } } } },
        value: { name: 'mine' },
      }),
    ]);
    for (const name of ['192.0.2.9_5432', '0.0.0.0_443']) {
      expect(networkFilters(listeners.get(name)).flat()).toContain('mine');
    }
  });

  it('give up where types do not fit, keeping what was patched before', () => {
    const translation = translatePatched([
      { applyTo: 'LISTENER', context: 'SIDECAR_INBOUND', value: { tcp_fast_open_queue_length: 1 } },
      { applyTo: 'NETWORK_FILTER', context: 'SIDECAR_INBOUND', value: tcp({ idle_timeout: '1s' }) },
      { applyTo: 'LISTENER', context: 'SIDECAR_INBOUND', operation: 'ADD', value: { name: 'never' } },
    ]);
    expect(translation.listeners.find(({ name }) => name === 'virtualInbound')?.tcpFastOpenQueueLength).toBe(1);
    expect(translation.listeners.some(({ name }) => name === 'never')).toBe(false);
    expect(codesOf(translation)).toContain('envoy-filter-incompatible');
  });

  it('of listener filters merge into all of them once they name one', () => {
    const patch = (value: object): PlainPatch =>
      outbound({
        applyTo: 'LISTENER_FILTER',
        match: { listener: { portNumber: 443, listenerFilter: 'envoy.filters.listener.tls_inspector' } },
        value,
      });
    const typed_config = {
      '@type': 'type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
      initial_read_buffer_size: 900,
    };
    const listener = listenersOf([patch({ name: 'mine', typed_config })]).get('0.0.0.0_443');
    expect(listener?.listenerFilters?.[0]).toMatchObject({
      name: 'envoy.filters.listener.tls_inspector',
      typedConfig: { initialReadBufferSize: 900 },
    });
  });

  it('leave the tunnels of the ambient mesh alone', () => {
    const scenario = { features: { PILOT_ENABLE_AMBIENT: 'true' } };
    const patches = [{ applyTo: 'LISTENER', context: 'ANY', value: { tcp_fast_open_queue_length: 1 } }] as const;
    const listeners = listenersOf(patches, scenario);
    expect(listeners.get('connect_originate')?.tcpFastOpenQueueLength).toBeUndefined();
    expect(listeners.get('virtualOutbound')?.tcpFastOpenQueueLength).toBe(1);
  });
});
