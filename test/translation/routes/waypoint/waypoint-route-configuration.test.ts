import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../../src/model/resource.ts';
import { buildRouteContext } from '../../../../src/translation/routes/route-context.ts';
import { waypointCluster } from '../../../../src/translation/routes/waypoint/waypoint-destination.ts';
import { buildWaypointRouteConfiguration } from '../../../../src/translation/routes/waypoint/waypoint-route-configuration.ts';
import type { RouteConfiguration } from '../../../../src/xds/types.ts';
import { entry, http, resource, service } from '../../../registry/mesh-of.ts';
import { attached, waypointOf } from '../../../registry/waypoints/ambient-mesh.ts';

function configurationOf(resources: readonly Resource[], scenario = {}): RouteConfiguration {
  const seen = waypointOf([attached('a.com'), ...resources], scenario);
  const context = { ...buildRouteContext(seen.view, 'waypoint'), view: seen.waypoint };
  const found = service(seen, 'a.com');
  return buildWaypointRouteConfiguration(context, {
    cluster: 'c',
    port: { number: 80, protocol: 'HTTP' },
    service: found,
  });
}

const routesOf = (...args: Parameters<typeof configurationOf>) =>
  configurationOf(...args).virtualHosts?.[0]?.routes ?? [];
const virtualService = (rules: readonly object[], given = {}) =>
  resource('VirtualService', { hosts: ['a.com'], http: rules as never }, given);
const forbidden = { directResponse: { status: 403 } };
const toItself = { route: [{ destination: { host: 'a.com' } }] };

describe('routes of a waypoint', () => {
  it('lead to the service as a client would, retries included', () => {
    const [route] = routesOf([]);
    expect(route?.route).toMatchObject({ cluster: 'c', retryPolicy: { numRetries: 2 } });
    expect(routesOf([], { istioVersion: '1.29' })[0]?.route).toMatchObject({
      retryPolicy: { retryOn: 'reset-before-request' },
    });
  });

  it('hash requests where a rule says so, since 1.31', () => {
    const rule = resource('DestinationRule', {
      host: 'a.com',
      trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true } } },
    });
    expect(routesOf([rule])[0]?.route).not.toHaveProperty('hashPolicy');
    expect(routesOf([rule], { istioVersion: '1.31' })[0]?.route?.hashPolicy).toHaveLength(1);
  });

  it('are those of all VirtualServices of the service’s or the waypoint’s namespace, one after the other', () => {
    const services = [virtualService([toItself], { name: 'one' }), virtualService([forbidden], { name: 'two' })];
    expect(routesOf(services)).toHaveLength(2);
    expect(routesOf([virtualService([forbidden], { namespace: 'elsewhere' })])[0]?.name).toBe('default');
  });

  it('leave out what asks for labels of the caller', () => {
    const labelled = { ...forbidden, match: [{ sourceLabels: { app: 'x' } }] };
    const either = { ...forbidden, match: [{ sourceLabels: { app: 'x' } }, { uri: { exact: '/b' } }] };
    expect(routesOf([virtualService([labelled, toItself])])).toHaveLength(1);
    expect(routesOf([virtualService([either, toItself])]).map(({ match }) => match)).toMatchObject([
      { path: '/b' },
      { prefix: '/' },
    ]);
  });
});

it('destinations of its own go to its own clusters, others to those of any client', () => {
  const own = attached('b.com', { ports: [{ number: 5432, name: 'tcp', protocol: 'TCP' }, http] });
  const { waypoint } = waypointOf([own, entry(['c.com'], {}, { name: 'c' })]);
  const clusterOf = (destination: object): string => waypointCluster(waypoint, destination, 80);
  expect(clusterOf({ host: 'b.com', port: { number: 5432 } })).toBe('inbound-vip|5432|tcp|b.com');
  expect(clusterOf({ host: 'b.com', subset: 'v1' })).toBe('inbound-vip|80|http/v1|b.com');
  expect(clusterOf({ host: 'c.com', subset: 'v1' })).toBe('outbound|80|v1|c.com');
  expect(clusterOf({ host: 'gone.com', port: { number: 1 } })).toBe('inbound-vip|1|http|gone.com');
  expect(clusterOf({})).toBe('UnknownService');
});
