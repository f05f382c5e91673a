import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Translation, translate } from '../../src/index.ts';
import { referencedRouteNames } from '../../src/xds/referenced-route-names.ts';
import { gatewayMesh, manifestsOf, type PlainResource } from '../arbitraries/mesh.ts';

const runs = { numRuns: 60, maxSkipsPerRun: 20 };
const proxy = {
  type: 'router',
  namespace: 'istio-system',
  name: 'egress-1',
  labels: { istio: 'egressgateway' },
} as const;
const ask = (resources: readonly PlainResource[]): Translation => translate(manifestsOf(resources), { proxy });

const sections = ['clusters', 'listeners', 'routes', 'endpoints'] as const;
const isUnique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

describe('a gateway', () => {
  it('names every resource, and every domain of its routes, once', () => {
    fc.assert(
      fc.property(gatewayMesh, (resources) => {
        const { clusters, listeners, routes } = ask(resources);
        for (const section of [clusters, listeners, routes])
          expect(isUnique(section.map(({ name }) => name))).toBe(true);
        for (const { virtualHosts = [] } of routes) {
          expect(isUnique(virtualHosts.map(({ name }) => name))).toBe(true);
          expect(isUnique(virtualHosts.flatMap(({ domains }) => domains))).toBe(true);
        }
      }),
      runs,
    );
  });

  it('has the routes that its listeners ask for, and no others', () => {
    fc.assert(
      fc.property(gatewayMesh, (resources) => {
        const { listeners, routes } = ask(resources);
        expect(routes.map(({ name }) => name).toSorted()).toEqual([...referencedRouteNames(listeners)].toSorted());
      }),
      runs,
    );
  });

  it('does not depend on the order of the documents', () => {
    fc.assert(
      fc.property(gatewayMesh, (resources) => {
        const forth = ask(resources);
        const back = ask([...resources].reverse());
        for (const section of sections) expect(back[section]).toEqual(forth[section]);
      }),
      runs,
    );
  });

  it('listens for nothing where no Gateway selects it, but gets the same clusters', () => {
    fc.assert(
      fc.property(gatewayMesh, (resources) => {
        const other = translate(manifestsOf(resources), { proxy: { ...proxy, labels: { istio: 'other' } } });
        expect([other.listeners, other.routes]).toEqual([[], []]);
        const own = new Set(ask(resources).clusters.map(({ name }) => name));
        for (const { name } of other.clusters) expect(own).toContain(name);
        const warned = other.diagnostics.filter(({ code }) => code === 'gateway-selects-nothing');
        const accepted = resources.filter(
          ({ kind, metadata }) =>
            kind === 'Gateway' && !other.rejected.some((one) => one.kind === kind && one.name === metadata.name),
        );
        expect(warned).toHaveLength(accepted.length);
      }),
      runs,
    );
  });

  it('keeps its listeners when a younger Gateway only wants hosts and ports that are taken', () => {
    fc.assert(
      fc.property(gatewayMesh, (resources) => {
        const [first] = resources;
        if (!first) return;
        const { servers } = first.spec as { readonly servers: readonly { readonly tls?: object }[] };
        // Of a host that servers have at several addresses, istiod only remembers the latest.
        fc.pre(!JSON.stringify(resources).includes('"bind"'));
        const copy: PlainResource = {
          ...first,
          metadata: { name: 'copy', namespace: 'istio-system', creationTimestamp: '2025-01-01T00:00:00Z' },
          spec: { ...first.spec, servers: servers.filter(({ tls }) => tls) },
        };
        const before = ask(resources);
        const after = ask([...resources, copy]);
        for (const section of sections) expect(after[section]).toEqual(before[section]);
      }),
      runs,
    );
  });

  it('has no VirtualService of the mesh alone', () => {
    fc.assert(
      fc.property(gatewayMesh, (resources) => {
        const forMesh: PlainResource = {
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata: { name: 'mesh-only', namespace: 'default', creationTimestamp: '2023-01-01T00:00:00Z' },
          spec: {
            hosts: ['a.example.com'],
            gateways: ['mesh'],
            http: [{ route: [{ destination: { host: 'b.example.com' } }] }],
          },
        };
        const before = ask(resources);
        const after = ask([...resources, forMesh]);
        for (const section of sections) expect(after[section]).toEqual(before[section]);
      }),
      runs,
    );
  });
});
