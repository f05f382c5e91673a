import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aService, aVirtualService, http, routesFor } from './fixture.ts';

const label = fc.constantFrom('a', 'b', 'default', 'other');
const hostname = fc.oneof(
  fc.tuple(label, label).map(([name, namespace]) => `${name}.${namespace}.svc.cluster.local`),
  fc.tuple(label, label).map((labels) => labels.join('.')),
  label.map((name) => `*.${name}.test`),
  fc.tuple(label, label).map((labels) => `${labels.join('.')}.Test`),
);
const service = fc
  .record({
    hostname,
    ports: fc.subarray([http(80), http(8080), { ...http(9000), protocol: 'Unsupported' as const }], { minLength: 1 }),
    defaultAddress: fc.constantFrom('0.0.0.0', '10.0.0.1', '10.0.0.2', '2001:db8::1'),
    registry: fc.constantFrom('External' as const, 'Kubernetes' as const),
    resolution: fc.constantFrom('dns' as const, 'passthrough' as const),
  })
  .map(({ hostname: name, ...changes }) => aService(name, changes));
const virtualService = fc
  .record({ hosts: fc.array(hostname, { minLength: 1, maxLength: 3 }), name: label })
  .map(({ hosts, name }) =>
    aVirtualService({ hosts, http: [{ route: [{ destination: { host: 'a.b' } }] }] }, { name }),
  );
const mesh = fc.record({
  services: fc.array(service, { maxLength: 8 }),
  virtualServices: fc.array(virtualService, { maxLength: 4 }),
});

describe('the virtual hosts of a route configuration', () => {
  it.each(['80', '8080', 'http_proxy'])('of %s share no name and no domain, in any case', (name) => {
    fc.assert(
      fc.property(mesh, (given) => {
        const hosts = routesFor(given, name).routes[0]?.virtualHosts ?? [];
        const names = hosts.map((host) => host.name);
        const domains = hosts.flatMap((host) => host.domains.map((domain) => domain.toLowerCase()));
        expect(new Set(names).size).toBe(names.length);
        expect(new Set(domains).size).toBe(domains.length);
        expect(hosts.every((host) => host.domains.length > 0)).toBe(true);
      }),
    );
  });

  it('hold every HTTP service of the port under its own host name', () => {
    fc.assert(
      fc.property(mesh, ({ services }) => {
        const hosts = routesFor({ services }, '8080').routes[0]?.virtualHosts ?? [];
        const domains = new Set(hosts.flatMap((host) => host.domains));
        const onPort = services.filter(({ ports }) => ports.some(({ number }) => number === 8080));
        expect(onPort.filter(({ hostname: name }) => !domains.has(name.toLowerCase()))).toEqual([]);
      }),
    );
  });

  it('are the same whatever other names are asked for', () => {
    fc.assert(
      fc.property(mesh, (given) => {
        const names = ['9000', ...given.services.map(({ hostname: name }) => `${name}:9000`)];
        const together = routesFor(given, ...new Set(names)).routes;
        for (const route of together) expect(routesFor(given, route.name).routes).toEqual([route]);
      }),
    );
  });
});
