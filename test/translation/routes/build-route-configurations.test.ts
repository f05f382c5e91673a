import { describe, expect, it } from 'vitest';
import { aService, aVirtualService, http, routesFor } from './fixture.ts';

const domainsOf = (mesh: Parameters<typeof routesFor>[0], name: string) =>
  routesFor(mesh, name).routes[0]?.virtualHosts?.map(({ name: host, domains }) => [host, domains]);

describe('buildRouteConfigurations', () => {
  it('gives each HTTP service of a port a virtual host, ordered by name, and lets the rest pass', () => {
    const services = [aService('b.example.com'), aService('a.example.com', { ports: [http(80), http(8080)] })];
    expect(routesFor({ services }, '80').routes).toEqual([
      {
        name: '80',
        virtualHosts: [
          expect.objectContaining({ name: 'a.example.com:80' }),
          expect.objectContaining({ name: 'b.example.com:80' }),
          {
            name: 'allow_any',
            domains: ['*'],
            routes: [
              {
                name: 'allow_any',
                match: { prefix: '/' },
                route: { cluster: 'PassthroughCluster', timeout: '0s', maxGrpcTimeout: '0s' },
              },
            ],
            includeRequestAttemptCount: true,
          },
        ],
        validateClusters: false,
        maxDirectResponseBodySizeBytes: 1_048_576,
        ignorePortInHostMatching: true,
      },
    ]);
    expect(domainsOf({ services }, '8080')).toEqual([
      ['a.example.com:8080', ['a.example.com', 'a.example.com.']],
      ['allow_any', ['*']],
    ]);
  });

  it('answers hosts that nobody registered with 502 in REGISTRY_ONLY', () => {
    const scenario = { meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } };
    expect(routesFor({ scenario }, '80').routes[0]?.virtualHosts).toEqual([
      {
        name: 'block_all',
        domains: ['*'],
        routes: [{ name: 'block_all', match: { prefix: '/' }, directResponse: { status: 502 } }],
        includeRequestAttemptCount: true,
      },
    ]);
  });

  it('knows a Kubernetes service by the short names of the proxy’s namespace', () => {
    const services = [
      aService('near.default.svc.cluster.local', { defaultAddress: '10.0.0.1' }),
      aService('far.other.svc.cluster.local', { defaultAddress: '2001:db8::1' }),
    ];
    expect(domainsOf({ services }, '80')?.slice(0, 2)).toEqual([
      [
        'far.other.svc.cluster.local:80',
        ['far.other.svc.cluster.local', 'far.other.svc.cluster.local.', 'far.other', 'far.other.svc', '[2001:db8::1]'],
      ],
      [
        'near.default.svc.cluster.local:80',
        [
          'near.default.svc.cluster.local',
          'near.default.svc.cluster.local.',
          'near',
          'near.default.svc',
          'near.default',
          '10.0.0.1',
        ],
      ],
    ]);
  });

  it('leaves a short form to the service that is really called so', () => {
    const services = [aService('a.default.svc.cluster.local'), aService('a.default')];
    const [, long] = domainsOf({ services }, '80') ?? [];
    expect(long).toEqual(['a.default:80', ['a.default', 'a.default.']]);
    expect(domainsOf({ services }, '80')?.[0]?.[1]).not.toContain('a.default');
  });

  it('adds the pods of a headless Kubernetes service', () => {
    const services = [aService('db.other.svc.cluster.local', { resolution: 'passthrough', registry: 'Kubernetes' })];
    expect(domainsOf({ services }, '80')?.[0]?.[1]).toContain('*.db.other');
  });

  it('reports an address that two services claim, and gives it to one', () => {
    const services = ['a', 'b'].map((name) => aService(`${name}.example.com`, { defaultAddress: '10.0.0.1' }));
    const { routes, diagnostics } = routesFor({ services }, '80');
    const all = routes[0]?.virtualHosts?.flatMap(({ domains }) => domains) ?? [];
    expect(all.filter((domain) => domain === '10.0.0.1')).toHaveLength(1);
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'undetermined-order' })]);
  });

  it('gives the listener of a sniffed service that service alone, whatever host it is asked for', () => {
    const services = [aService('a.example.com', { ports: [{ ...http(9000), protocol: 'Unsupported' }] })];
    const [configuration] = routesFor({ services }, 'a.example.com:9000').routes;
    expect(configuration?.virtualHosts).toEqual([
      expect.objectContaining({ name: 'a.example.com:9000', domains: ['*'] }),
    ]);
    expect(routesFor({ services }, 'b.example.com:9000').routes[0]).not.toHaveProperty('virtualHosts');
  });

  it('serves all ports under http_proxy: names without a port belong to port 80', () => {
    const services = [aService('a.example.com', { ports: [http(80), http(8080)] })];
    expect(domainsOf({ services }, 'http_proxy')?.slice(0, 2)).toEqual([
      ['a.example.com:80', ['a.example.com', 'a.example.com:80', 'a.example.com.', 'a.example.com.:80']],
      ['a.example.com:8080', ['a.example.com:8080', 'a.example.com.:8080']],
    ]);
  });

  it('takes the services of the Sidecar’s listener for the port or unix socket', () => {
    const egressListeners = [
      { configuration: { port: { number: 80 } }, services: [aService('only.example.com')], virtualServices: [] },
      { configuration: { port: {}, bind: 'unix:///x' }, services: [aService('sock.example.com')], virtualServices: [] },
      { services: [aService('rest.example.com', { ports: [http(8080)] })], virtualServices: [] },
    ];
    const names = (name: string) => domainsOf({ egressListeners }, name)?.map(([host]) => host);
    expect(names('80')).toEqual(['only.example.com:80', 'allow_any']);
    expect(names('unix:///x')).toEqual(['sock.example.com:80', 'allow_any']);
    expect(names('8080')).toEqual(['rest.example.com:8080', 'allow_any']);
  });

  it('answers unknown names with an empty route configuration', () => {
    expect(routesFor({}, 'custom').routes).toEqual([{ name: 'custom', validateClusters: false }]);
  });
});

describe('hosts of a VirtualService', () => {
  const to = (host: string) => [{ route: [{ destination: { host } }] }];

  it('may be no service, but on port 80 only', () => {
    const virtualServices = [aVirtualService({ hosts: ['Bookinfo.com'], http: to('a.example.com') })];
    const services = [aService('a.example.com', { ports: [http(80), http(8080)] })];
    expect(domainsOf({ services, virtualServices }, '80')?.map(([name]) => name)).toEqual([
      'a.example.com:80',
      'bookinfo.com:80',
      'allow_any',
    ]);
    expect(domainsOf({ services, virtualServices }, '8080')?.map(([name]) => name)).toEqual([
      'a.example.com:8080',
      'allow_any',
    ]);
  });

  it('as wildcards leave a service to the VirtualService with the longest matching host', () => {
    const services = ['a.example.com', 'b.api.example.com'].map((name) => aService(name));
    const virtualServices = [
      aVirtualService({ hosts: ['*.example.com'], http: to('wide.test') }, { name: 'wide' }),
      aVirtualService({ hosts: ['*.api.example.com'], http: to('narrow.test') }, { name: 'narrow' }),
    ];
    const { routes } = routesFor({ services, virtualServices }, '80');
    const clusters = routes[0]?.virtualHosts?.map(({ name, routes: list }) => [name, list?.[0]?.route?.cluster]);
    expect(clusters).toEqual([
      ['a.example.com:80', 'outbound|80||wide.test'],
      ['b.api.example.com:80', 'outbound|80||narrow.test'],
      ['allow_any', 'PassthroughCluster'],
    ]);
  });

  it('as wildcards take no service written in upper case: no port knows it by that name', () => {
    const virtualServices = [aVirtualService({ hosts: ['*.example.com'], http: to('wide.test') })];
    const { routes } = routesFor({ services: [aService('A.example.com')], virtualServices }, '80');
    const clusters = routes[0]?.virtualHosts?.map(({ name, routes: list }) => [name, list?.[0]?.route?.cluster]);
    expect(clusters?.[0]).toEqual(['a.example.com:80', 'outbound|80||a.example.com']);
  });

  it('belong to the first of several VirtualServices', () => {
    const services = [aService('a.example.com')];
    const virtualServices = ['first', 'second'].map((name) =>
      aVirtualService({ hosts: ['a.example.com'], http: to(`${name}.test`) }, { name }),
    );
    const { routes } = routesFor({ services, virtualServices }, '80');
    expect(routes[0]?.virtualHosts?.map(({ routes: list }) => list?.[0]?.route?.cluster)).toEqual([
      'outbound|80||first.test',
      'PassthroughCluster',
    ]);
  });
});

describe('destinations', () => {
  const services = [aService('a.example.com', { ports: [http(80), http(8080)] })];
  const clusterFor = (destination: object, name = '80') => {
    const virtualServices = [aVirtualService({ hosts: ['a.example.com'], http: [{ route: [{ destination }] }] })];
    const { routes, diagnostics } = routesFor({ services, virtualServices }, name);
    return [routes[0]?.virtualHosts?.[0]?.routes?.[0]?.route?.cluster, diagnostics.map(({ code }) => code)];
  };

  it.each([
    [{ host: 'a.example.com' }, 'outbound|80||a.example.com', []],
    [{ host: 'a.example.com', port: { number: 8080 } }, 'outbound|8080||a.example.com', []],
    [{ host: 'a.example.com', port: { number: 81 } }, 'outbound|81||a.example.com', ['unknown-destination']],
    [{ host: 'a.example.com', subset: 'v1' }, 'outbound|80|v1|a.example.com', ['unknown-destination']],
    [{ host: 'missing.example.com' }, 'outbound|80||missing.example.com', ['unknown-destination']],
  ])('%j', (destination, cluster, codes) => {
    expect(clusterFor(destination)).toEqual([cluster, codes]);
  });

  it('of a service written in upper case are reported: its route is in lower case, its cluster is not', () => {
    const { diagnostics } = routesFor({ services: [aService('A.Example.com')] }, '80');
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'unknown-destination',
        resource: { kind: 'ServiceEntry', namespace: 'default', name: 'A.Example.com' },
      }),
    ]);
  });

  it('lead to what an ExternalName service stands for', () => {
    const alias = aService('alias.default.svc.cluster.local', {
      resolution: 'alias',
      kubernetes: { type: 'ExternalName', externalName: 'a.example.com', publishNotReadyAddresses: false },
    });
    const virtualServices = [
      aVirtualService({ hosts: ['a.example.com'], http: [{ route: [{ destination: { host: alias.hostname } }] }] }),
    ];
    const { routes } = routesFor({ services: [...services, alias], virtualServices }, '80');
    expect(routes[0]?.virtualHosts?.[0]?.routes?.[0]?.route?.cluster).toBe('outbound|80||a.example.com');
  });
});
