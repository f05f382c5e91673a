import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/model/resource.ts';
import type { ProxyScenario } from '../../../src/model/scenario.ts';
import { buildNameTable } from '../../../src/translation/names/build-name-table.ts';
import { entry, meshOf, resource } from '../../registry/mesh-of.ts';

const names = (resources: readonly Resource[], proxy: ProxyScenario = {}) =>
  buildNameTable(meshOf(resources, { proxy }).view).table;

describe('the name table', () => {
  it('has addresses that a user gave, and allocated ones where the proxy answers DNS', () => {
    const resources = [
      entry(['a.com'], { addresses: ['10.0.0.1', 'fd00::1', '10.1.0.0/16'] }, { name: 'a' }),
      entry(['b.com'], {}, { name: 'b' }),
    ];
    expect(names(resources)).toEqual({ 'a.com': { ips: ['10.0.0.1', 'fd00::1'], registry: 'External' } });
    expect(names(resources, { metadata: { DNS_CAPTURE: 'true' } })['b.com']).toEqual({
      ips: ['240.240.0.1'],
      registry: 'External',
    });
  });

  it('has the short names of Kubernetes services, which come before entries of their host', () => {
    const host = 's.default.svc.cluster.local';
    const resources = [
      entry([host], { addresses: ['10.0.0.9'] }, { creationTime: 0 }),
      resource('Service', { clusterIP: '10.0.0.1', ports: [{ port: 80 }] }, { name: 's' }),
    ];
    expect(names(resources)).toEqual({
      [host]: { ips: ['10.0.0.1'], registry: 'Kubernetes', shortname: 's', namespace: 'default' },
    });
  });

  it('has the ready endpoints of headless services, and each pod by its own name', () => {
    const pod = (name: string, podIP: string) =>
      resource(
        'Pod',
        { subdomain: 'db' },
        { name, status: { podIP, conditions: [{ type: 'Ready', status: 'True' }] } },
      );
    const resources = [
      resource('Service', { clusterIP: 'None', ports: [{ name: 'tcp', port: 5432 }] }, { name: 'db' }),
      pod('db-0', '10.1.0.1'),
      resource(
        'EndpointSlice',
        {
          ports: [{ name: 'tcp', port: 5432 }],
          endpoints: [
            { addresses: ['10.1.0.1'], targetRef: { kind: 'Pod', name: 'db-0', namespace: 'default' } },
            { addresses: ['10.1.0.2'] },
            { addresses: ['10.1.0.3'], conditions: { ready: false } },
          ],
        },
        { labels: { 'kubernetes.io/service-name': 'db' } },
      ),
    ];
    const ofKubernetes = { registry: 'Kubernetes', namespace: 'default' };
    expect(names(resources)).toEqual({
      'db.default.svc.cluster.local': { ...ofKubernetes, ips: ['10.1.0.1', '10.1.0.2'], shortname: 'db' },
      'db-0.db.default.svc.cluster.local': { ...ofKubernetes, ips: ['10.1.0.1'], shortname: 'db-0.db' },
    });
  });

  it('has nothing for ranges and for hosts without an address', () => {
    expect(names([entry(['a.com']), entry(['b.com'], { addresses: ['10.0.0.0/8'] }, { name: 'b' })])).toEqual({});
  });
});
