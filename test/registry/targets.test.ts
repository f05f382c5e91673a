import { describe, expect, it } from 'vitest';
import type { Resource } from '../../src/model/resource.ts';
import type { ProxyScenario } from '../../src/model/scenario.ts';
import { entry, http, meshOf, resource } from './mesh-of.ts';

function targets(
  resources: readonly Resource[],
  proxy: ProxyScenario = {},
  istioVersion: '1.30' | '1.31' = '1.30',
): readonly string[] {
  const found = meshOf(resources, { istioVersion, proxy: { ip: '10.10.0.1', ...proxy } }).view.targets;
  return found.map(({ service, port, targetPort }) => `${service.hostname}:${port.number}→${targetPort}`);
}

const kubernetesService = (name: string, targetPort: number | string, selector = { app: 'c' }) =>
  resource('Service', { clusterIP: '1.1.1.1', selector, ports: [{ name: 'http', port: 80, targetPort }] }, { name });

const pod = resource(
  'Pod',
  { containers: [{ ports: [{ name: 'web', containerPort: 8080, protocol: 'TCP' }] }] },
  { name: 'client', labels: { app: 'c' }, status: { podIP: '10.10.0.1' } },
);

describe('what a proxy serves', () => {
  it('are entries of its namespace that list its address', () => {
    const endpoints = [{ address: '10.10.0.1', ports: { http: 8080 } }, { address: '10.10.0.2' }];
    const listed = entry(['a.com'], { resolution: 'STATIC', endpoints });
    expect(targets([listed])).toEqual(['a.com:80→8080']);
    expect(targets([listed], { namespace: 'other' })).toEqual([]);
    expect(targets([entry(['a.com'])])).toEqual([]);
  });

  it('are Kubernetes services that select its labels', () => {
    const services = [
      kubernetesService('b', 8080),
      kubernetesService('a', 9090),
      kubernetesService('x', 1, { app: 'x' }),
    ];
    expect(targets([pod, ...services])).toEqual([
      'a.default.svc.cluster.local:80→9090',
      'b.default.svc.cluster.local:80→8080',
    ]);
  });

  it('are unknown for a proxy without a pod, whatever labels it claims', () => {
    const services = [kubernetesService('a', 9090)];
    expect(targets(services, { labels: { app: 'c' } })).toEqual([]);
    expect(targets([pod, ...services], { name: 'other' })).toEqual([]);
    expect(targets([pod, ...services], { metadata: { CLUSTER_ID: 'another' } })).toEqual([]);
  });

  it('are found by the labels that the proxy says it has, since 1.31', () => {
    const labels = { app: 'c' };
    expect(targets([kubernetesService('b', 8080)], { labels })).toEqual([]);
    expect(targets([kubernetesService('b', 8080)], { labels }, '1.31')).toEqual([
      'b.default.svc.cluster.local:80→8080',
    ]);
    const metadata = { POD_PORTS: '[{"name":"web","containerPort":7070,"protocol":"TCP"}]' };
    const named = resource(
      'Service',
      { selector: { app: 'c' }, ports: [{ name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' }] },
      { name: 's' },
    );
    expect(targets([named], { labels, metadata }, '1.31')).toEqual(['s.default.svc.cluster.local:80→7070']);
  });

  it('are found by its pod, or first by the WorkloadEntry of its address', () => {
    const named = resource(
      'Service',
      { selector: { app: 'c' }, ports: [{ name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' }] },
      { name: 's' },
    );
    expect(targets([pod, named])).toEqual(['s.default.svc.cluster.local:80→8080']);
    const workload = resource('WorkloadEntry', { address: '10.10.0.1', labels: { app: 'c' }, ports: { http: 7070 } });
    expect(targets([workload, kubernetesService('s', 8080)])).toEqual(['s.default.svc.cluster.local:80→7070']);
  });

  it('count a workload port once for each service and protocol', () => {
    const twice = resource(
      'Service',
      {
        selector: { app: 'c' },
        ports: [
          { name: 'http', port: 80, targetPort: 8080 },
          { name: 'http-too', port: 81, targetPort: 8080 },
          { name: 'tcp', port: 82, targetPort: 8080 },
        ],
      },
      { name: 's' },
    );
    expect(targets([pod, twice])).toEqual([
      's.default.svc.cluster.local:80→8080',
      's.default.svc.cluster.local:82→8080',
    ]);
  });

  it('come by age and host', () => {
    const endpoints = [{ address: '10.10.0.1' }];
    const of = (host: string, creationTime: number) =>
      entry([host], { ports: [http], resolution: 'STATIC', endpoints }, { name: host, creationTime });
    expect(targets([of('b.com', 1), of('a.com', 1), of('c.com', 0)])).toEqual([
      'c.com:80→80',
      'a.com:80→80',
      'b.com:80→80',
    ]);
  });
});
