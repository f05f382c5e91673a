import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/model/scenario.ts';
import { codesOf, type PlainPatch, services, translatePatched } from '../envoy-filters.ts';

const pod = `
apiVersion: v1
kind: Pod
metadata: { name: client, labels: { app: client } }
status: { podIP: 10.10.0.1, podIPs: [{ ip: 10.10.0.1 }], phase: Running, conditions: [{ type: Ready, status: 'True' }] }
spec: { containers: [{ name: app }] }
---
apiVersion: v1
kind: Service
metadata: { name: client }
spec: { selector: { app: client }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
`;
const url = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext';

function clustersOf(patch: Omit<PlainPatch, 'applyTo'>, scenario: Scenario = {}) {
  const { clusters } = translatePatched([{ applyTo: 'CLUSTER', ...patch }], scenario);
  return new Map(clusters.map((cluster) => [cluster.name, cluster]));
}

function touched(match: object, context: PlainPatch['context'] = 'SIDECAR_OUTBOUND'): readonly string[] {
  const clusters = clustersOf({ context, match, value: { per_connection_buffer_limit_bytes: 7 } });
  return [...clusters.values()]
    .filter(({ perConnectionBufferLimitBytes }) => perConnectionBufferLimitBytes === 7)
    .map(({ name }) => name)
    .sort();
}

const all = [
  'BlackHoleCluster',
  'PassthroughCluster',
  'outbound|443||web.example.com',
  'outbound|5432||db.example.com',
  'outbound|80||web.example.com',
];

describe('patches of clusters', () => {
  it('match by name, service and port', () => {
    expect(touched({})).toEqual(all);
    expect(touched({ cluster: {} })).toEqual(all);
    expect(touched({ cluster: { name: 'PassthroughCluster' } })).toEqual(['PassthroughCluster']);
    expect(touched({ cluster: { service: 'db.example.com' } })).toEqual(['outbound|5432||db.example.com']);
    expect(touched({ cluster: { portNumber: 80 } })).toEqual(['outbound|80||web.example.com']);
    expect(touched({ cluster: { service: 'db.example.com', portNumber: 80 } })).toEqual([]);
    expect(touched({ cluster: { subset: 'v1' } })).toEqual([]);
  });

  it('tell by the context which way the traffic goes', () => {
    expect(touched({}, 'SIDECAR_INBOUND')).toEqual(['InboundPassthroughCluster']);
    expect(touched({}, 'ANY')).toHaveLength(all.length + 1);
    expect(touched({}, 'GATEWAY')).toEqual([]);
  });

  it('find an inbound cluster by the hosts of its services', async () => {
    const { translate } = await import('../../../src/index.ts');
    const { envoyFilter } = await import('../envoy-filters.ts');
    const patches = [
      {
        applyTo: 'CLUSTER',
        context: 'SIDECAR_INBOUND',
        match: { cluster: { service: 'client.default.svc.cluster.local' } },
        value: { connect_timeout: '7s' },
      },
    ] as const;
    const { clusters } = translate(services + pod + envoyFilter({ patches }), { proxy: { labels: { app: 'client' } } });
    expect(clusters.filter(({ connectTimeout }) => connectTimeout === '7s').map(({ name }) => name)).toEqual([
      'inbound|8080||',
    ]);
  });

  it('remove and add', () => {
    const match = { cluster: { service: 'web.example.com' } };
    const removed = clustersOf({ context: 'SIDECAR_OUTBOUND', match, operation: 'REMOVE' });
    expect([...removed.keys()].filter((name) => name.endsWith('web.example.com'))).toEqual([]);
    const added = clustersOf({ operation: 'ADD', value: { name: 'more', type: 'STATIC' } });
    expect(added.get('more')).toEqual({ name: 'more', type: 'STATIC' });
  });

  it('insert nothing between clusters, which have no order: that adds', () => {
    expect(clustersOf({ operation: 'INSERT_FIRST', value: { name: 'more' } }).has('more')).toBe(true);
  });

  it('keep the first cluster of a name, and say so', () => {
    const name = 'outbound|80||web.example.com';
    const translation = translatePatched([
      { applyTo: 'CLUSTER', context: 'SIDECAR_OUTBOUND', operation: 'ADD', value: { name } },
    ]);
    expect(translation.clusters.filter((cluster) => cluster.name === name)).toMatchObject([{ type: 'STRICT_DNS' }]);
    expect(codesOf(translation)).toEqual(['envoy-filter-name-taken']);
  });

  it('with a transport socket change nothing else', () => {
    const name = 'outbound|443||web.example.com';
    const socket = { name: 'envoy.transport_sockets.tls', typed_config: { '@type': url, sni: 'a' } };
    const value = { connect_timeout: '99s', transport_socket: socket };
    const cluster = clustersOf({ context: 'SIDECAR_OUTBOUND', match: { cluster: { name } }, value }).get(name);
    expect(cluster?.transportSocket).toEqual({ name: socket.name, typedConfig: { '@type': url, sni: 'a' } });
    expect(cluster?.connectTimeout).toBe('10s');
  });

  it('leave out the endpoints of what is no longer an EDS cluster', () => {
    const { endpoints } = translatePatched([
      { applyTo: 'CLUSTER', context: 'SIDECAR_OUTBOUND', value: { type: 'STRICT_DNS' } },
    ]);
    expect(endpoints).toEqual([]);
  });
});
