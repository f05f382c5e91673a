import { describe, expect, it } from 'vitest';
import { indexServerPorts, matchesGatewayRoutes } from '../../../src/patches/match/route-match.ts';
import type { Patch } from '../../../src/patches/patch.ts';
import type { RouteConfiguration } from '../../../src/xds/types.ts';
import { type PlainPatch, translatePatched } from '../envoy-filters.ts';

function routesOf(patches: readonly PlainPatch[]): RouteConfiguration | undefined {
  return translatePatched(patches).routes.find(({ name }) => name === '80');
}

const web = { routeConfiguration: { vhost: { name: 'web.example.com:80' } } };
const header = { request_headers_to_add: [{ header: { key: 'a', value: 'b' } }] };
const answer = { name: 'mine', match: { path: '/mine' }, direct_response: { status: 204 } };
const hostNames = (routes: RouteConfiguration | undefined) => routes?.virtualHosts?.map(({ name }) => name);

describe('patches of routes', () => {
  it('match configurations by name and port', () => {
    const isTouched = (routeConfiguration: object) =>
      routesOf([{ applyTo: 'ROUTE_CONFIGURATION', match: { routeConfiguration }, value: header }])
        ?.requestHeadersToAdd !== undefined;
    expect(isTouched({})).toBe(true);
    expect(isTouched({ name: '80' })).toBe(true);
    expect(isTouched({ portNumber: 80 })).toBe(true);
    expect(isTouched({ name: '8080' })).toBe(false);
    expect(isTouched({ portNumber: 443 })).toBe(false);
  });

  it('replace, remove and add virtual hosts', () => {
    const value = { name: 'mine', domains: ['mine'] };
    const host = (patch: object) => hostNames(routesOf([{ applyTo: 'VIRTUAL_HOST', match: web, ...patch }]));
    expect(host({ operation: 'REMOVE' })).toEqual(['allow_any']);
    expect(host({ operation: 'REPLACE', value })).toEqual(['mine', 'allow_any']);
    expect(host({ operation: 'ADD', value })).toEqual(['web.example.com:80', 'allow_any', 'mine']);
  });

  it('find a virtual host by one of its domains', () => {
    const match = { routeConfiguration: { vhost: { domainName: 'web.example.com' } } };
    expect(hostNames(routesOf([{ applyTo: 'VIRTUAL_HOST', match, operation: 'REMOVE' }]))).toEqual(['allow_any']);
  });

  it('take an added host away again where one of its name is removed', () => {
    const value = { name: 'web.example.com:80', domains: ['mine'] };
    const patches = [
      { applyTo: 'VIRTUAL_HOST', match: web, operation: 'REMOVE' },
      { applyTo: 'VIRTUAL_HOST', operation: 'ADD', value },
    ] as const;
    expect(hostNames(routesOf(patches))).toEqual(['allow_any']);
  });

  it('merge into routes by name and action', () => {
    const timeout = (route: object) => {
      const match = { routeConfiguration: { vhost: { name: 'web.example.com:80', route } } };
      const routes = routesOf([{ applyTo: 'HTTP_ROUTE', match, value: { route: { timeout: '7s' } } }]);
      return routes?.virtualHosts?.find(({ name }) => name === 'web.example.com:80')?.routes?.[0]?.route?.timeout;
    };
    expect(timeout({ name: 'default' })).toBe('7s');
    expect(timeout({ action: 'ROUTE' })).toBe('7s');
    expect(timeout({ name: 'other' })).toBe('0s');
    expect(timeout({ action: 'REDIRECT' })).toBe('0s');
  });

  it('insert routes before, after and first, the last only where the route to hold on to exists', () => {
    const names = (operation: NonNullable<PlainPatch['operation']>, route?: object) => {
      const match = { routeConfiguration: { vhost: { name: 'web.example.com:80', ...(route && { route }) } } };
      const routes = routesOf([{ applyTo: 'HTTP_ROUTE', match, operation, value: answer }]);
      return routes?.virtualHosts?.[0]?.routes?.map(({ name }) => name);
    };
    expect(names('INSERT_FIRST')).toEqual(['mine', 'default']);
    expect(names('INSERT_FIRST', { name: 'default' })).toEqual(['mine', 'default']);
    expect(names('INSERT_FIRST', { name: 'other' })).toEqual(['default']);
    expect(names('INSERT_AFTER', { name: 'default' })).toEqual(['default', 'mine']);
    expect(names('INSERT_BEFORE', { name: 'default' })).toEqual(['mine', 'default']);
    expect(names('REPLACE', { name: 'default' })).toEqual(['default']);
  });

  it('share the limit of direct responses, as all configurations of istiod do', () => {
    const { routes } = translatePatched([
      {
        applyTo: 'ROUTE_CONFIGURATION',
        match: { routeConfiguration: { name: '80' } },
        value: { max_direct_response_body_size_bytes: 99 },
      },
    ]);
    expect(routes.map(({ maxDirectResponseBodySizeBytes }) => maxDirectResponseBodySizeBytes)).toEqual([99]);
  });

  it('find the routes inside inbound listeners', () => {
    const { listeners } = translatePatched([
      { applyTo: 'HTTP_ROUTE', context: 'SIDECAR_INBOUND', value: { route: { timeout: '7s' } } },
    ]);
    expect(JSON.stringify(listeners.find(({ name }) => name === 'virtualInbound'))).toContain('"timeout":"7s"');
  });
});

describe('matchesGatewayRoutes', () => {
  const serverPorts = indexServerPorts(
    new Map([
      ['http.8080', [80]],
      ['https.8443.tls.gw.prod', [443, 444]],
    ]),
  );
  const matches = (name: string, routeConfiguration: object) =>
    matchesGatewayRoutes(name, { match: { routeConfiguration } } as unknown as Patch, serverPorts);

  it('knows the port of the Gateway’s server', () => {
    expect(matches('http.8080', { portNumber: 80 })).toBe(true);
    expect(matches('http.8080', { portNumber: 8080 })).toBe(false);
    expect(matches('http.9090', { portNumber: 9090 })).toBe(true);
    expect(matches('https.8443.tls.gw.prod', { portNumber: 444 })).toBe(true);
  });

  it('takes the name of a configuration apart', () => {
    const name = 'https.8443.tls.gw.prod';
    expect(matches(name, { portName: 'tls', gateway: 'prod/gw' })).toBe(true);
    expect(matches(name, { portName: 'http' })).toBe(false);
    expect(matches(name, { gateway: 'prod/other' })).toBe(false);
    expect(matches(name, { name })).toBe(true);
    expect(matches('http.8080', { gateway: 'prod/gw' })).toBe(false);
  });
});
