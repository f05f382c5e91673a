import { describe, expect, it } from 'vitest';
import type { Sidecar } from '../../src/model/istio/sidecar.ts';
import type { Metadata, Resource } from '../../src/model/resource.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { entry, http, meshOf, resource } from './mesh-of.ts';

const https = { number: 443, name: 'tls', protocol: 'TLS' } as const;
const sidecar = (spec: Sidecar, metadata: Partial<Metadata> = {}): Resource => resource('Sidecar', spec, metadata);
const hosts = (...given: readonly string[]) => sidecar({ egress: [{ hosts: given }] });

function seen(resources: readonly Resource[], scenario: Scenario = {}): readonly string[] {
  const { services } = meshOf(resources, scenario).view;
  return services.map(({ namespace, hostname, ports }) => `${namespace}/${hostname}:${ports.map((p) => p.number)}`);
}

const entries = [
  entry(['a.com'], { ports: [http, https] }),
  entry(['b.com'], {}, { namespace: 'x' }),
  entry(['c.b.com'], {}, { namespace: 'x', name: 'sub' }),
  entry(['hidden.com'], { exportTo: ['.'] }, { namespace: 'x', name: 'hidden' }),
];

describe('without a Sidecar', () => {
  it('everything that is exported to the namespace is seen, the private first', () => {
    const own = entry(['z.com'], { exportTo: ['.'] }, { name: 'own' });
    expect(seen([...entries, own])).toEqual(['default/z.com:80', 'default/a.com:80,443', 'x/b.com:80', 'x/c.b.com:80']);
  });

  it('routes lead to what their own namespace hides from itself, and to nothing that others hide', () => {
    const secret = entry(['secret.com'], { exportTo: ['y'] }, { name: 'secret' });
    const routes = (host: string): Resource =>
      resource('VirtualService', { hosts: ['a.com'], http: [{ route: [{ destination: { host } }] }] });
    const visible = seen([...entries, secret]);
    expect(visible).not.toContain('default/secret.com:80');
    expect(seen([...entries, secret, routes('secret.com')])).toEqual([...visible, 'default/secret.com:80']);
    expect(seen([...entries, secret, routes('hidden.com')])).toEqual(visible);
    expect(seen([...entries, routes('hidden.com')])).toEqual(visible);
  });

  it('of one host in several namespaces, that of the own namespace is seen, else a Kubernetes Service, else the first', () => {
    const host = 's.default.svc.cluster.local';
    const inX = entry([host], {}, { namespace: 'x', creationTime: 0 });
    const kubernetes = resource('Service', { clusterIP: '1.1.1.1', ports: [{ port: 81 }] }, { name: 's' });
    expect(seen([inX, entry([host])])).toEqual([`default/${host}:80`]);
    expect(seen([inX, kubernetes], { proxy: { namespace: 'y' } })).toEqual([`default/${host}:81`]);
    expect(seen([inX, entry([host])], { proxy: { namespace: 'y' } })).toEqual([`x/${host}:80`]);
  });

  it('entries of one host and namespace are merged where they are alike', () => {
    const two = (spec: object) => [
      entry(['a.com'], {}, { name: 'x', creationTime: 0 }),
      entry(['a.com'], { ports: [https], ...spec }),
    ];
    expect(seen(two({}))).toEqual(['default/a.com:80,443']);
    expect(seen(two({ resolution: 'STATIC' }))).toEqual(['default/a.com:80']);
    expect(seen(two({ exportTo: ['*'] }))).toEqual(['default/a.com:80']);
  });
});

describe('a Sidecar', () => {
  it('imports hosts by namespace', () => {
    expect(seen([...entries, hosts('./*')])).toEqual(['default/a.com:80,443']);
    expect(seen([...entries, hosts('x/*')])).toEqual(['x/b.com:80', 'x/c.b.com:80']);
    expect(seen([...entries, hosts('*/b.com')])).toEqual(['x/b.com:80']);
    expect(seen([...entries, hosts('x/*.b.com')])).toEqual(['x/c.b.com:80']);
    expect(seen([...entries, hosts('default/b.com', '~/*')])).toEqual([]);
  });

  it('leaves out hosts with ~ from 1.31 on', () => {
    const resources = [...entries, hosts('*/*', '~x/*.b.com')];
    expect(seen(resources, { istioVersion: '1.30' })).toHaveLength(3);
    expect(seen(resources, { istioVersion: '1.31' })).toEqual(['default/a.com:80,443', 'x/b.com:80']);
  });

  it('imports one port where the listener has one', () => {
    const port = { number: 443, protocol: 'TLS', name: 'x' };
    expect(seen([...entries, sidecar({ egress: [{ port, hosts: ['*/*'] }] })])).toEqual(['default/a.com:443']);
    const proxy = { number: 443, protocol: 'HTTP_PROXY', name: 'x' };
    expect(seen([...entries, sidecar({ egress: [{ port: proxy, hosts: ['*/*'] }] })])).toHaveLength(3);
  });

  it('also sees what its VirtualServices lead to, with the ports that they name', () => {
    const routes = (port?: number) =>
      resource('VirtualService', {
        hosts: ['b.com'],
        http: [{ route: [{ destination: { host: 'a.com', ...(port !== undefined && { port: { number: port } }) } }] }],
      });
    const importing = (port?: number) => seen([...entries, routes(port), hosts('x/b.com', 'default/b.com')]);
    expect(importing()).toEqual(['x/b.com:80', 'default/a.com:80,443']);
    expect(importing(443)).toEqual(['x/b.com:80', 'default/a.com:443']);
    expect(importing(9)).toEqual(['x/b.com:80']);
  });

  it('is one that selects the workload, else that of the namespace, else the root’s', () => {
    const named = (name: string, spec: Sidecar, namespace = 'default') => sidecar(spec, { name, namespace });
    const all = [
      named('selecting', { workloadSelector: { labels: { app: 'x' } } }),
      named('namespace', {}),
      named('root', {}, 'istio-system'),
    ];
    const name = (resources: readonly Resource[], labels = {}) =>
      meshOf(resources, { proxy: { labels } }).view.sidecar?.metadata.name;
    expect(name(all, { app: 'x' })).toBe('selecting');
    expect(name(all, { app: 'y' })).toBe('namespace');
    expect(name(all.slice(2))).toBe('root');
    expect(name(all.slice(0, 1))).toBeUndefined();
  });

  it('decides on traffic that nothing matches, else the mesh does', () => {
    const meshConfig = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } };
    const policy = (resources: readonly Resource[]) => meshOf(resources, { meshConfig }).view.outboundTrafficPolicy;
    expect(policy([])).toEqual({ mode: 'REGISTRY_ONLY' });
    expect(policy([sidecar({ outboundTrafficPolicy: { mode: 'ALLOW_ANY' } })])).toEqual({ mode: 'ALLOW_ANY' });
  });
});
