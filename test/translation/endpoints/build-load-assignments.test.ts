import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/model/resource.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
import { buildLoadAssignments } from '../../../src/translation/endpoints/build-load-assignments.ts';
import type { Cluster } from '../../../src/xds/types.ts';
import { entry, meshOf, resource } from '../../registry/mesh-of.ts';
import { gateway, waypointScenario } from '../../registry/waypoints/ambient-mesh.ts';

function endpointsOf(cluster: string, resources: readonly Resource[], scenario: Scenario = {}) {
  const clusters: readonly Cluster[] = [{ name: cluster, type: 'EDS', edsClusterConfig: { serviceName: cluster } }];
  const [assignment] = buildLoadAssignments(meshOf(resources, scenario).view, clusters);
  return (assignment?.endpoints ?? []).flatMap(({ lbEndpoints = [] }) => lbEndpoints);
}

const tunnel = { 'networking.istio.io/tunnel': 'http' };
const mutualTls = { 'security.istio.io/tlsMode': 'istio' };
const listed = (labels: Readonly<Record<string, string>>, given = {}): Resource =>
  entry(
    ['a.com'],
    { resolution: 'STATIC', addresses: ['192.0.2.1'], endpoints: [{ address: '10.1.1.1', labels }] },
    given,
  );
const throughTunnel = { envoyInternalAddress: { serverListenerName: 'connect_originate', endpointId: '10.1.1.1:80' } };

describe('endpoints that accept tunnels', () => {
  it('are reached through the listener that opens them', () => {
    const [endpoint] = endpointsOf('outbound|80||a.com', [listed(tunnel)]);
    expect(endpoint?.endpoint?.address).toEqual(throughTunnel);
    expect(endpoint?.metadata?.filterMetadata).toMatchObject({
      'envoy.filters.listener.original_dst': { local: '10.1.1.1:80' },
      'envoy.transport_socket_match': { tunnel: 'http' },
    });
  });

  it('are reached by mutual TLS where they speak it, except from waypoints', () => {
    const both = [listed({ ...tunnel, ...mutualTls })];
    expect(endpointsOf('outbound|80||a.com', both)[0]?.metadata?.filterMetadata).toMatchObject({
      'envoy.transport_socket_match': { tlsMode: 'istio' },
    });
    const [endpoint] = endpointsOf('inbound-vip|80|http|a.com', both, waypointScenario);
    expect(endpoint?.endpoint?.address).toEqual(throughTunnel);
  });

  it('are reached directly by proxies that open none', () => {
    const proxy = { metadata: { DISABLE_HBONE_SEND: 'true' } };
    const [endpoint] = endpointsOf('outbound|80||a.com', [listed(tunnel)], { proxy });
    expect(endpoint?.endpoint?.address?.socketAddress?.address).toBe('10.1.1.1');
  });
});

describe('a gateway', () => {
  const labels = { 'istio.io/use-waypoint': 'waypoint', 'istio.io/ingress-use-waypoint': 'true' };
  const waypoint = [
    gateway(),
    entry(
      ['waypoint.default.svc.cluster.local'],
      {
        resolution: 'STATIC',
        ports: [{ number: 15008, name: 'mesh', protocol: 'TCP' }],
        endpoints: [{ address: '10.1.3.1' }],
      },
      { name: 'w' },
    ),
  ];
  const features = { PILOT_ENABLE_AMBIENT: 'true' };
  const addressOf = (type: 'router' | 'sidecar', resources: readonly Resource[]) =>
    endpointsOf('outbound|80||a.com', [...resources, ...waypoint], { proxy: { type }, features })[0];

  it('sends to the waypoint where the service asks for it', () => {
    expect(addressOf('router', [listed({}, { labels })])?.metadata?.filterMetadata).toMatchObject({
      'envoy.filters.listener.original_dst': { local: '192.0.2.1:80', waypoint: '10.1.3.1:15008' },
    });
  });

  it('does not where nobody asks, and a sidecar never does', () => {
    const { 'istio.io/ingress-use-waypoint': _, ...silent } = labels;
    expect(addressOf('router', [listed({}, { labels: silent })])?.endpoint?.address?.socketAddress?.address).toBe(
      '10.1.1.1',
    );
    expect(addressOf('sidecar', [listed({}, { labels })])?.endpoint?.address?.socketAddress?.address).toBe('10.1.1.1');
  });

  it('takes the label of the namespace where the service has none', () => {
    const { 'istio.io/ingress-use-waypoint': _, ...silent } = labels;
    const namespace = resource('Namespace', {}, { name: 'default', namespace: '', labels });
    expect(addressOf('router', [listed({}, { labels: silent }), namespace])?.endpoint?.address).toHaveProperty(
      'envoyInternalAddress',
    );
  });
});

it('what a rule says of the whole does not count for the endpoints of a waypoint’s cluster', () => {
  const rule = resource('DestinationRule', { host: 'a.com', trafficPolicy: { tls: { mode: 'SIMPLE' } } });
  const [outbound] = endpointsOf('outbound|80||a.com', [listed(mutualTls), rule]);
  expect(outbound?.metadata?.filterMetadata).not.toHaveProperty(['envoy.transport_socket_match']);
  const [inbound] = endpointsOf('inbound-vip|80|http|a.com', [listed(mutualTls), rule], waypointScenario);
  expect(inbound?.metadata?.filterMetadata).toHaveProperty(['envoy.transport_socket_match']);
});
