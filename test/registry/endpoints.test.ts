import { describe, expect, it } from 'vitest';
import type { Resource } from '../../src/model/resource.ts';
import { endpointsOf, entry, http, meshOf, resource, service } from './mesh-of.ts';

const host = 's.default.svc.cluster.local';
const kubernetesService = resource(
  'Service',
  { clusterIP: '10.0.0.1', selector: { app: 's' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  { name: 's' },
);

function slice(
  endpoints: readonly { readonly addresses: readonly string[]; readonly [key: string]: unknown }[],
  name = 's-1',
): Resource {
  return resource(
    'EndpointSlice',
    { addressType: 'IPv4', ports: [{ name: 'http', port: 8080 }], endpoints },
    { name, labels: { 'kubernetes.io/service-name': 's' } },
  );
}

function pod(name: string, podIP: string, labels: Readonly<Record<string, string>> = {}): Resource {
  return resource(
    'Pod',
    {
      serviceAccountName: 'sa',
      nodeName: 'n',
      containers: [{ ports: [{ name: 'web', containerPort: 9090, protocol: 'TCP' }] }],
    },
    { name, labels, status: { phase: 'Running', podIP, conditions: [{ type: 'Ready', status: 'True' }] } },
  );
}

const firstEndpoint = (registered: ReturnType<typeof meshOf>, hostname: string) => {
  const found = service(registered, hostname);
  const [port] = found.ports;
  return port && registered.mesh.endpointsOf(found, port)[0]?.workload;
};

describe('endpoints of a ServiceEntry', () => {
  it('are its own, at their own port, the target port, or the port of the service', () => {
    const ports = [{ ...http, targetPort: 8080 }];
    const endpoints = [{ address: '1.1.1.1', ports: { http: 9090 } }, { address: '1.1.1.2' }, { address: 'unix:///s' }];
    const registered = meshOf([entry(['a.com'], { ports, endpoints, resolution: 'STATIC' })]);
    expect(endpointsOf(registered, 'a.com')).toEqual(['1.1.1.1:9090', '1.1.1.2:8080', '/s:0']);
  });

  it('are the host itself where DNS finds it and nothing else is given', () => {
    expect(endpointsOf(meshOf([entry(['a.com'])]), 'a.com')).toEqual(['a.com:80']);
    expect(endpointsOf(meshOf([entry(['a.com'], { resolution: 'STATIC' })]), 'a.com')).toEqual([]);
    expect(endpointsOf(meshOf([entry(['a.com'], { workloadSelector: { labels: { a: 'b' } } })]), 'a.com')).toEqual([]);
  });

  it('are those of all entries of one host in one namespace, but only one for DNS_ROUND_ROBIN', () => {
    const two = (resolution: 'DNS' | 'DNS_ROUND_ROBIN') =>
      endpointsOf(
        meshOf([
          entry(['a.com'], { resolution, endpoints: [{ address: 'b.com' }] }, { name: 'x' }),
          entry(['a.com'], { resolution, endpoints: [{ address: 'c.com' }] }, { name: 'y' }),
          entry(['a.com'], { resolution, endpoints: [{ address: 'd.com' }] }, { namespace: 'other' }),
        ]),
        'a.com',
      );
    expect(two('DNS')).toEqual(['b.com:80', 'c.com:80']);
    expect(two('DNS_ROUND_ROBIN')).toEqual(['b.com:80']);
  });

  it('are the pods and WorkloadEntries of the namespace that it selects; host names only for DNS', () => {
    const labels = { app: 'w' };
    const selecting = (resolution: 'DNS' | 'STATIC') =>
      endpointsOf(
        meshOf([
          entry(['a.com'], { resolution, workloadSelector: { labels }, ports: [{ ...http, name: 'web' }] }),
          resource('WorkloadEntry', { address: '1.1.1.2', ports: { web: 7 } }, { name: 'z', labels }),
          resource('WorkloadEntry', { address: '1.1.1.1', labels }, { name: 'b' }),
          resource('WorkloadEntry', { address: 'w.com', labels }, { name: 'a' }),
          resource('WorkloadEntry', { address: '1.1.1.3' }, { name: 'unlabelled' }),
          resource('WorkloadEntry', { address: '1.1.1.4', labels }, { name: 'c', namespace: 'other' }),
          pod('p', '1.1.1.5', labels),
        ]),
        'a.com',
      );
    expect(selecting('STATIC')).toEqual(['1.1.1.5:9090', '1.1.1.1:80', '1.1.1.2:7']);
    expect(selecting('DNS')).toEqual(['1.1.1.5:9090', 'w.com:80', '1.1.1.1:80', '1.1.1.2:7']);
  });

  it('leave out a WorkloadEntry whose health is checked and not good', () => {
    const annotations = { 'proxy.istio.io/health-checks-enabled': 'true' };
    const withStatus = (status: string) =>
      endpointsOf(
        meshOf([
          entry(['a.com'], { resolution: 'STATIC', workloadSelector: { labels: { a: 'b' } } }),
          resource(
            'WorkloadEntry',
            { address: '1.1.1.1', labels: { a: 'b' } },
            { annotations, status: { conditions: [{ type: 'Healthy', status }] } },
          ),
        ]),
        'a.com',
      );
    expect(withStatus('True')).toEqual(['1.1.1.1:80']);
    expect(withStatus('False')).toEqual([]);
  });

  it('tell where they run, who they are, and whether they speak mutual TLS', () => {
    const registered = meshOf(
      [
        entry(['a.com'], {
          resolution: 'STATIC',
          endpoints: [
            { address: '1.1.1.1', serviceAccount: 'sa', weight: 3, network: 'n', labels: { 'istio-locality': 'r.z' } },
          ],
        }),
      ],
      { proxy: { clusterId: 'c' } },
    );
    expect(firstEndpoint(registered, 'a.com')).toMatchObject({
      locality: 'r/z',
      network: 'n',
      weight: 3,
      clusterId: 'c',
      serviceAccount: 'spiffe://cluster.local/ns/default/sa/sa',
      tlsMode: 'istio',
      workloadName: 'serviceentry-0',
      labels: {
        'topology.kubernetes.io/region': 'r',
        'topology.kubernetes.io/zone': 'z',
        'topology.istio.io/cluster': 'c',
        'topology.istio.io/network': 'n',
      },
    });
  });

  it('name no workload before 1.30', () => {
    const name = (istioVersion: '1.29' | '1.30') =>
      firstEndpoint(meshOf([entry(['a.com'])], { istioVersion }), 'a.com')?.workloadName;
    expect([name('1.29'), name('1.30')]).toEqual(['', 'serviceentry']);
  });
});

describe('endpoints of a Kubernetes service', () => {
  it('are those of its slices, each address once', () => {
    const registered = meshOf([
      kubernetesService,
      slice([{ addresses: ['1.1.1.2'] }], 's-2'),
      slice([{ addresses: ['1.1.1.1'] }, { addresses: ['1.1.1.2'] }], 's-1'),
    ]);
    expect(endpointsOf(registered, host)).toEqual(['1.1.1.1:8080', '1.1.1.2:8080']);
  });

  it('have the health that their conditions say', () => {
    const health = (conditions: object) =>
      firstEndpoint(meshOf([kubernetesService, slice([{ addresses: ['1.1.1.1'], conditions }])]), host)?.health;
    expect(health({})).toBe('healthy');
    expect(health({ ready: false, terminating: false })).toBe('unhealthy');
    expect(health({ ready: false })).toBe('terminating');
  });

  it('describe their pods, and leave out those that do not exist', () => {
    const targetRef = (name: string) => ({ kind: 'Pod', namespace: 'default', name });
    const registered = meshOf([
      kubernetesService,
      pod('p', '1.1.1.1', { 'security.istio.io/tlsMode': 'istio' }),
      resource('Node', {}, { name: 'n', namespace: '', labels: { 'topology.kubernetes.io/region': 'r' } }),
      slice([
        { addresses: ['1.1.1.1'], targetRef: targetRef('p') },
        { addresses: ['1.1.1.2'], targetRef: targetRef('gone') },
      ]),
    ]);
    expect(endpointsOf(registered, host)).toEqual(['1.1.1.1:8080']);
    expect(firstEndpoint(registered, host)).toMatchObject({
      workloadName: 'p',
      locality: 'r//',
      tlsMode: 'istio',
      serviceAccount: 'spiffe://cluster.local/ns/default/sa/sa',
      labels: { 'kubernetes.io/hostname': 'n' },
    });
  });

  it('are also the WorkloadEntries that it selects', () => {
    const registered = meshOf([
      kubernetesService,
      resource('WorkloadEntry', { address: '1.1.1.1', labels: { app: 's' } }, { name: 'b' }),
      resource('WorkloadEntry', { address: '1.1.1.2', labels: { app: 's' }, ports: { http: 9 } }, { name: 'a' }),
      resource('WorkloadEntry', { address: 'w.com', labels: { app: 's' } }, { name: 'c' }),
    ]);
    expect(endpointsOf(registered, host)).toEqual(['1.1.1.2:9', '1.1.1.1:8080']);
  });
});
