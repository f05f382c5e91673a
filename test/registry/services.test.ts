import { describe, expect, it } from 'vitest';
import { addressesForProxy } from '../../src/registry/service-address.ts';
import { kubernetesProtocol } from '../../src/registry/services/kubernetes-protocol.ts';
import { entry, meshOf, resource, service } from './mesh-of.ts';

describe('services of a ServiceEntry', () => {
  it('are one for each host and address', () => {
    const { mesh } = meshOf([entry(['a.com', 'b.com'], { addresses: ['10.0.0.1', '10.1.0.0/16'] })]);
    expect(mesh.services.map(({ hostname, defaultAddress }) => `${hostname} ${defaultAddress}`)).toEqual([
      'a.com 10.0.0.1',
      'a.com 10.1.0.0/16',
      'b.com 10.0.0.1',
      'b.com 10.1.0.0/16',
    ]);
  });

  it('count a repeated address once, from 1.30 on; a range of one address is that address', () => {
    const addresses = ['10.0.0.1', '10.0.0.1/32', '::1/128'];
    const addressesIn = (istioVersion: '1.29' | '1.30') =>
      meshOf([entry(['a.com'], { addresses })], { istioVersion }).mesh.services.map((one) => one.defaultAddress);
    expect(addressesIn('1.30')).toEqual(['10.0.0.1', '::1']);
    expect(addressesIn('1.29')).toEqual(['10.0.0.1', '10.0.0.1', '::1']);
  });

  it('come in the order of age, host, namespace and entry', () => {
    const { mesh } = meshOf([
      entry(['b.com'], {}, { name: 'young', creationTime: 2 }),
      entry(['z.com'], {}, { name: 'old', creationTime: 1 }),
      entry(['a.com'], {}, { name: 'second', creationTime: 2 }),
      entry(['a.com'], {}, { name: 'first', creationTime: 2 }),
    ]);
    expect(mesh.services.map(({ origin }) => origin.metadata.name)).toEqual(['old', 'first', 'second', 'young']);
  });

  it('report a tie that istiod leaves open', () => {
    const two = [entry(['a.com', 'b.com'], {}, { name: 'x' }), entry(['a.com', 'b.com'], {}, { name: 'y' })];
    expect(meshOf(two).diagnostics).toMatchObject([{ code: 'undetermined-order', resource: { name: 'y' } }]);
    const apart = [entry(['a.com'], {}, { name: 'x' }), entry(['a.com'], {}, { name: 'y', creationTime: 5 })];
    expect(meshOf(apart).diagnostics).toEqual([]);
  });

  it('have the identities of their endpoints, in all trust domains', () => {
    const registered = meshOf(
      [entry(['a.com'], { subjectAltNames: ['san'], endpoints: [{ address: '1.1.1.1', serviceAccount: 'sa' }] })],
      { meshConfig: { trustDomain: 'td', trustDomainAliases: ['old'] } },
    );
    expect(registered.mesh.identitiesOf(service(registered, 'a.com'))).toEqual([
      'san',
      'spiffe://old/ns/default/sa/sa',
      'spiffe://td/ns/default/sa/sa',
    ]);
  });

  it('have the identities that the youngest entry for their host names, be it none', () => {
    const named = entry(['a.com'], { subjectAltNames: ['san'] }, { name: 'x', creationTime: 1 });
    const young = entry(['a.com'], {}, { name: 'y', creationTime: 5 });
    const registered = meshOf([named, young]);
    for (const each of registered.mesh.services) expect(registered.mesh.identitiesOf(each)).toEqual([]);
    const swapped = meshOf([{ ...named, metadata: { ...named.metadata, creationTime: 9 } }, young]);
    for (const each of swapped.mesh.services) expect(swapped.mesh.identitiesOf(each)).toEqual(['san']);
  });
});

describe('the default visibility of services', () => {
  it('may name namespaces, from 1.30 on', () => {
    const seenIn = (istioVersion: '1.29' | '1.30', defaultServiceExportTo: readonly string[]) =>
      meshOf([entry(['a.com'], {}, { namespace: 'owner' })], {
        istioVersion,
        meshConfig: { defaultServiceExportTo },
        proxy: { namespace: 'reader' },
      }).view.services.length;
    expect(seenIn('1.30', ['reader'])).toBe(1);
    expect(seenIn('1.29', ['reader'])).toBe(0);
    expect(seenIn('1.30', ['.', '*'])).toBe(1);
    expect(seenIn('1.29', ['.', '*'])).toBe(0);
  });
});

describe('Kubernetes services', () => {
  it('of one IP family have no address for proxies of the other, from 1.30 on', () => {
    const addressesIn = (istioVersion: '1.29' | '1.30') => {
      const services = [resource('Service', { clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'] }, { name: 'web' })];
      const registered = meshOf(services, { istioVersion, proxy: { ips: ['fd00::7'] } });
      return addressesForProxy(registered.view, service(registered, 'web.default.svc.cluster.local'));
    };
    expect(addressesIn('1.30')).toEqual([]);
    expect(addressesIn('1.29')).toEqual(['10.0.0.1']);
  });

  it('are headless, aliases, or have the addresses of their cluster', () => {
    const registered = meshOf([
      resource('Service', { clusterIP: 'None' }, { name: 'headless' }),
      resource('Service', { clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1', 'fd00::1'] }, { name: 'dual' }),
      resource('Service', { type: 'ExternalName', externalName: 'a.com' }, { name: 'alias' }),
    ]);
    const describeService = (name: string) => service(registered, `${name}.default.svc.cluster.local`);
    expect(describeService('headless')).toMatchObject({ resolution: 'passthrough', defaultAddress: '0.0.0.0' });
    expect(describeService('dual')).toMatchObject({ resolution: 'client-side', addresses: ['10.0.0.1', 'fd00::1'] });
    expect(describeService('alias')).toMatchObject({ resolution: 'alias', resolvesTo: 'a.com', meshExternal: true });
  });

  it('are told their aliases, also through other aliases; a circle leads nowhere', () => {
    const alias = (name: string, externalName: string) =>
      resource('Service', { type: 'ExternalName', externalName }, { name });
    const registered = meshOf([
      resource('Service', { clusterIP: '10.0.0.1' }, { name: 'target' }),
      alias('one', 'two.default.svc.cluster.local'),
      alias('two', 'target.default.svc.cluster.local'),
      alias('left', 'right.default.svc.cluster.local'),
      alias('right', 'left.default.svc.cluster.local'),
    ]);
    expect(service(registered, 'target.default.svc.cluster.local').aliases.map(({ hostname }) => hostname)).toEqual([
      'one.default.svc.cluster.local',
      'two.default.svc.cluster.local',
    ]);
    expect(service(registered, 'left.default.svc.cluster.local').resolvesTo).toBeUndefined();
  });

  it.each([
    [{ name: 'http-web', port: 1 }, 'HTTP'],
    [{ name: 'grpc-web-x', port: 1 }, 'GRPC-Web'],
    [{ name: 'http', port: 1, protocol: 'UDP' }, 'UDP'],
    [{ name: 'http', port: 1, appProtocol: 'tcp' }, 'TCP'],
    [{ name: 'tcp', port: 1, appProtocol: 'kubernetes.io/h2c' }, 'HTTP2'],
    [{ name: 'tcp', port: 1, appProtocol: 'kubernetes.io/wss' }, 'HTTPS'],
    [{ name: 'db', port: 3306 }, 'TCP'],
    [{ name: 'web', port: 8080 }, 'Unsupported'],
  ])('take the protocol of %o as %s', (port, protocol) => {
    expect(kubernetesProtocol(port)).toBe(protocol);
  });
});

describe('trafficDistribution', () => {
  const distribution = (resources: Parameters<typeof meshOf>[0], istioVersion: '1.29' | '1.30' = '1.30') =>
    service(meshOf(resources, { istioVersion }), 's.default.svc.cluster.local').trafficDistribution;
  const annotation = (value: string) => ({ annotations: { 'networking.istio.io/traffic-distribution': value } });
  const namespace = resource('Namespace', {}, { name: 'default', namespace: '', ...annotation('PreferSameNode') });

  it('is that of the spec, the annotation, or the namespace', () => {
    const spec = { clusterIP: '10.0.0.1' };
    expect(distribution([resource('Service', { ...spec, trafficDistribution: 'PreferClose' }, { name: 's' })])).toBe(
      'same-zone',
    );
    expect(distribution([resource('Service', spec, { name: 's', ...annotation('prefersamenode') })])).toBe('same-node');
    expect(distribution([resource('Service', spec, { name: 's' }), namespace])).toBe('same-node');
    expect(distribution([resource('Service', spec, { name: 's' }), namespace], '1.29')).toBeUndefined();
    expect(distribution([resource('Service', spec, { name: 's', ...annotation('nonsense') }), namespace])).toBe(
      undefined,
    );
  });
});
