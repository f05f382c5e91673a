import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translate } from '../../../src/index.ts';
import { loadEnvoyApi } from '../../../src/patches/schema/envoy-api.ts';
import { IncompatibleMessages, type ListMerge, MessageMerger } from '../../../src/patches/schema/merge-message.ts';
import type { JsonObject } from '../../../src/xds/types.ts';
import { manifestsOf, mesh } from '../../arbitraries/mesh.ts';

const api = loadEnvoyApi();
const merge = (type: string, target: JsonObject, patch: JsonObject, lists?: ListMerge) =>
  new MessageMerger(api, lists).merge(api.message(type), target, patch);
const cluster = 'envoy.config.cluster.v3.Cluster';
const route = 'envoy.config.route.v3.Route';

describe('MessageMerger', () => {
  it('takes scalars from the patch, appends to lists, and merges messages', () => {
    const target = { name: 'a', filters: [{ name: 'f' }], commonLbConfig: { zoneAwareLbConfig: {} } };
    const patch = { name: 'b', filters: [{ name: 'g' }], commonLbConfig: { closeConnectionsOnHostSetChange: true } };
    expect(merge(cluster, target, patch)).toEqual({
      name: 'b',
      filters: [{ name: 'f' }, { name: 'g' }],
      commonLbConfig: { zoneAwareLbConfig: {}, closeConnectionsOnHostSetChange: true },
    });
  });

  it('replaces lists, at every depth, where it is told to', () => {
    const target = { filters: [{ name: 'f' }], circuitBreakers: { thresholds: [{ maxRequests: 1 }] } };
    const patch = { circuitBreakers: { thresholds: [{ maxRequests: 2 }] } };
    expect(merge(cluster, target, patch, 'replace')).toEqual({
      filters: [{ name: 'f' }],
      circuitBreakers: { thresholds: [{ maxRequests: 2 }] },
    });
  });

  it('replaces whole durations, and the entries of maps', () => {
    const metadata = (value: JsonObject) => ({ metadata: { filterMetadata: value } });
    expect(merge(cluster, { connectTimeout: '1.500s' }, { connectTimeout: '3s' })).toEqual({ connectTimeout: '3s' });
    expect(merge(cluster, metadata({ a: { x: 1 }, b: {} }), metadata({ a: { y: 2 } }))).toEqual(
      metadata({ a: { y: 2 }, b: {} }),
    );
  });

  it('does not take a wrapper around zero for a value where there is one', () => {
    const limit = (perConnectionBufferLimitBytes: number) => ({ perConnectionBufferLimitBytes });
    expect(merge(cluster, limit(7), limit(0))).toEqual(limit(7));
    expect(merge(cluster, {}, limit(0))).toEqual(limit(0));
    expect(merge(cluster, limit(7), limit(9))).toEqual(limit(9));
  });

  it('lets one member of a oneof go for another', () => {
    expect(merge(route, { name: 'a', route: { cluster: 'c' } }, { redirect: { stripQuery: true } })).toEqual({
      name: 'a',
      redirect: { stripQuery: true },
    });
    expect(merge(route, { route: { cluster: 'c' } }, { route: { weightedClusters: {} } })).toEqual({
      route: { weightedClusters: {} },
    });
  });

  it('does not look into an Any', () => {
    const url = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext';
    const socket = (typedConfig: JsonObject) => ({ transportSocket: { name: 'tls', typedConfig } });
    const target = socket({ '@type': url, sni: 'a' });
    expect(merge(cluster, target, socket({ '@type': url, maxSessionKeys: 1 }))).toEqual(
      socket({ '@type': url, maxSessionKeys: 1 }),
    );
    // No bytes at all replace nothing.
    expect(merge(cluster, target, socket({ '@type': url }))).toEqual(target);
  });

  it('merges what two Any of one type hold, and throws for two types', () => {
    const merger = new MessageMerger(api);
    const type = (name: string) => `type.googleapis.com/envoy.extensions.filters.network.${name}`;
    const tcp = { '@type': type('tcp_proxy.v3.TcpProxy'), cluster: 'a', statPrefix: 'p' };
    expect(merger.mergeContents(tcp, { '@type': tcp['@type'], cluster: 'b' })).toEqual({ ...tcp, cluster: 'b' });
    expect(() => merger.mergeContents(tcp, { '@type': type('sni_cluster.v3.SniCluster') })).toThrow(
      IncompatibleMessages,
    );
  });

  it('leaves a message as it is where the patch is empty, and takes it whole where there was none', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const { clusters, listeners, routes } = translate(manifestsOf(resources));
        const expectNeutral = (type: string, messages: readonly object[]): void => {
          for (const message of messages) {
            expect(merge(type, message as JsonObject, {})).toEqual(message);
            expect(merge(type, {}, message as JsonObject)).toEqual(message);
          }
        };
        expectNeutral(cluster, clusters);
        expectNeutral('envoy.config.listener.v3.Listener', listeners);
        expectNeutral('envoy.config.route.v3.RouteConfiguration', routes);
      }),
      { numRuns: 30 },
    );
  });

  it('replaces lists idempotently', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        for (const message of translate(manifestsOf(resources)).clusters) {
          expect(merge(cluster, message as unknown as JsonObject, message as unknown as JsonObject, 'replace')).toEqual(
            message,
          );
        }
      }),
      { numRuns: 30 },
    );
  });
});
