import { describe, expect, it } from 'vitest';
import { buildWaypointClusters } from '../../../../src/translation/clusters/waypoint/build-waypoint-clusters.ts';
import type { Cluster } from '../../../../src/xds/types.ts';
import { entry, http, resource } from '../../../registry/mesh-of.ts';
import { attached, waypointOf } from '../../../registry/waypoints/ambient-mesh.ts';

function clustersOf(...args: Parameters<typeof waypointOf>): ReadonlyMap<string, Cluster> {
  return new Map(buildWaypointClusters(waypointOf(...args).waypoint).map((cluster) => [cluster.name, cluster]));
}

const fixed = ['main_internal', 'encap', 'connect_originate', 'inner_connect_originate', 'outer_connect_originate'];
const namesOf = (...args: Parameters<typeof waypointOf>) =>
  [...clustersOf(...args).keys()].filter((name) => !fixed.includes(name));
const rule = (spec: object) => resource('DestinationRule', { host: 'a.com', ...spec });

describe('clusters of a waypoint', () => {
  it('are the fixed ones where nothing is attached', () => {
    expect(new Set(clustersOf([]).keys())).toEqual(new Set(fixed));
  });

  it('are one for each port and traffic, and the same for each subset', () => {
    const ports = [http, { number: 90, name: 'any', protocol: '' }];
    const subsets = rule({ subsets: [{ name: 'v1' }] });
    expect(namesOf([attached('a.com', { ports }), subsets])).toEqual([
      'inbound-vip|80|http|a.com',
      'inbound-vip|80|http/v1|a.com',
      'inbound-vip|90|tcp|a.com',
      'inbound-vip|90|http|a.com',
      'inbound-vip|90|tcp/v1|a.com',
      'inbound-vip|90|http/v1|a.com',
    ]);
  });

  it('are outbound ones for what its services are routed to elsewhere', () => {
    const virtualService = resource('VirtualService', {
      hosts: ['a.com'],
      http: [{ route: [{ destination: { host: 'b.com' } }] }],
    });
    const other = entry(['b.com'], {}, { name: 'b' });
    const unrelated = entry(['c.com'], {}, { name: 'c' });
    expect(namesOf([attached('a.com'), other, unrelated, virtualService])).toEqual([
      'outbound|80||b.com',
      'inbound-vip|80|http|a.com',
    ]);
  });

  it('put TLS of a rule inside the tunnel, and leave the mesh’s own to the tunnel', () => {
    const socketOf = (mode: string) =>
      JSON.stringify(
        clustersOf([attached('a.com'), rule({ trafficPolicy: { tls: { mode } } })]).get('inbound-vip|80|http|a.com')
          ?.transportSocket,
      );
    expect(socketOf('SIMPLE')).toContain('UpstreamTlsContext');
    expect(socketOf('ISTIO_MUTUAL')).not.toContain('UpstreamTlsContext');
  });

  it('limit streams only where the port itself speaks HTTP/2', () => {
    const pool = rule({
      trafficPolicy: { connectionPool: { http: { h2UpgradePolicy: 'UPGRADE', maxConcurrentStreams: 7 } } },
    });
    const optionsOf = (protocol: string) => {
      const ports = [{ number: 80, name: 'p', protocol }];
      return JSON.stringify(clustersOf([attached('a.com', { ports }), pool]).get('inbound-vip|80|http|a.com'));
    };
    expect(optionsOf('HTTP')).not.toContain('maxConcurrentStreams');
    expect(optionsOf('HTTP2')).toContain('"maxConcurrentStreams":7');
  });
});
