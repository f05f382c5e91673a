import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translate } from '../../../src/index.ts';
import { loadEnvoyApi } from '../../../src/patches/schema/envoy-api.ts';
import { readMessage } from '../../../src/patches/schema/read-message.ts';
import type { JsonObject, JsonValue } from '../../../src/xds/types.ts';
import { manifestsOf, mesh } from '../../arbitraries/mesh.ts';

const api = loadEnvoyApi();
const read = (type: string, value: JsonValue) => readMessage(api, api.message(type), value);
const readCluster = (value: JsonValue) => read('envoy.config.cluster.v3.Cluster', value);
const tls = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext';

describe('readMessage', () => {
  it('takes names in either spelling, and quoted numbers', () => {
    const value = { connect_timeout: '0.25s', altStatName: 'a', per_connection_buffer_limit_bytes: '7' };
    expect(readCluster(value)).toEqual({
      message: { connectTimeout: '0.250s', altStatName: 'a', perConnectionBufferLimitBytes: 7 },
      problems: [],
    });
  });

  it('takes enumerations by name and by number', () => {
    expect(readCluster({ lb_policy: 'RANDOM', type: 3 }).message).toEqual({ lbPolicy: 'RANDOM', type: 'EDS' });
  });

  it('knows the JSON names that digits make unusual', () => {
    expect(readCluster({ outlier_detection: { consecutive_5xx: 3 } }).message).toEqual({
      outlierDetection: { consecutive5xx: 3 },
    });
  });

  it('leaves out what a message holds by default, but not where zero can be told from absent', () => {
    const value = {
      name: '',
      lb_policy: 'ROUND_ROBIN',
      type: 'STATIC',
      respect_dns_ttl: false,
      per_connection_buffer_limit_bytes: 0,
      filters: [],
    };
    expect(readCluster(value).message).toEqual({ type: 'STATIC', perConnectionBufferLimitBytes: 0 });
  });

  it('keeps the last member of a oneof', () => {
    const { message } = read('envoy.config.route.v3.Route', { route: { cluster: 'a' }, redirect: {} });
    expect(message).toEqual({ redirect: {} });
  });

  it('reads what an Any holds', () => {
    const value = { transport_socket: { name: 'tls', typed_config: { '@type': tls, sni: 'a', max_session_keys: 0 } } };
    expect(readCluster(value).message).toEqual({
      transportSocket: { name: 'tls', typedConfig: { '@type': tls, sni: 'a', maxSessionKeys: 0 } },
    });
  });

  it('leaves out a field that the message has not, with a warning', () => {
    expect(readCluster({ no_such: 1, name: 'a' })).toEqual({
      message: { name: 'a' },
      problems: [
        {
          severity: 'warning',
          path: ['no_such'],
          message: 'envoy.config.cluster.v3.Cluster has no field "no_such"; istiod leaves it out.',
        },
      ],
    });
  });

  it.each<[JsonObject, readonly (string | number)[]]>([
    [{ connect_timeout: 5 }, ['connect_timeout']],
    [{ connect_timeout: 'soon' }, ['connect_timeout']],
    [{ lb_policy: 'WHATEVER' }, ['lb_policy']],
    [{ name: 1 }, ['name']],
    [{ per_connection_buffer_limit_bytes: -1 }, ['per_connection_buffer_limit_bytes']],
    [{ per_connection_buffer_limit_bytes: 4294967296 }, ['per_connection_buffer_limit_bytes']],
    [{ filters: {} }, ['filters']],
    [{ filters: [{ name: 'a' }, 'b'] }, ['filters', 1]],
    [{ transport_socket: { typed_config: { sni: 'a' } } }, ['transport_socket', 'typed_config']],
    [
      { transport_socket: { typed_config: { '@type': 'type.googleapis.com/a.B' } } },
      ['transport_socket', 'typed_config', '@type'],
    ],
    [{ transport_socket: { typed_config: { '@type': tls, sni: 1 } } }, ['transport_socket', 'typed_config', 'sni']],
  ])('refuses %j', (value, path) => {
    expect(readCluster(value).problems).toMatchObject([{ severity: 'error', path }]);
  });

  it('takes an Any of every special type', () => {
    const value = (inner: JsonObject) => ({ transport_socket: { typed_config: inner } });
    const kept = (inner: JsonObject) => readCluster(value(inner)).message;
    const duration = { '@type': 'type.googleapis.com/google.protobuf.Duration', value: '1s' };
    expect(kept(duration)).toEqual({ transportSocket: { typedConfig: duration } });
    expect(kept({ '@type': 'type.googleapis.com/google.protobuf.Empty' })).toEqual({
      transportSocket: { typedConfig: { '@type': 'type.googleapis.com/google.protobuf.Empty', value: {} } },
    });
  });

  it('knows messages that Envoy’s API gained later', () => {
    const type = 'type.googleapis.com/envoy.extensions.filters.http.mcp_json_rest_bridge.v3.McpJsonRestBridge';
    expect(read('envoy.config.core.v3.TypedExtensionConfig', { name: 'a', typed_config: { '@type': type } })).toEqual({
      message: { name: 'a', typedConfig: { '@type': type } },
      problems: [],
    });
  });

  it('reads everything that a proxy is sent as what it is', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const { clusters, listeners, routes, endpoints } = translate(manifestsOf(resources));
        const expectSame = (type: string, messages: readonly object[]): void => {
          for (const message of messages) {
            expect(read(type, message as JsonObject)).toEqual({ message, problems: [] });
          }
        };
        expectSame('envoy.config.cluster.v3.Cluster', clusters);
        expectSame('envoy.config.listener.v3.Listener', listeners);
        expectSame('envoy.config.route.v3.RouteConfiguration', routes);
        expectSame('envoy.config.endpoint.v3.ClusterLoadAssignment', endpoints);
      }),
      { numRuns: 40 },
    );
  });
});
