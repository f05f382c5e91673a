import { describe, expect, it } from 'vitest';
import type { ServiceEntry } from '../../src/model/istio/service-entry.ts';
import { type Given, problemsOf } from './problems-of.ts';

const valid: ServiceEntry = {
  hosts: ['api.example.com'],
  ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
  resolution: 'DNS',
};
const port = (protocol: string, number = 80): NonNullable<ServiceEntry['ports']>[number] => ({
  number,
  name: `p${number}`,
  protocol,
});

type Case = readonly [title: string, change: ServiceEntry, problems: readonly string[], given?: Given];

describe('a ServiceEntry', () => {
  const cases: readonly Case[] = [
    ['as it should be', {}, []],
    ['without hosts', { hosts: [] }, ['error spec.hosts']],
    ['for every host', { hosts: ['*'], resolution: 'NONE' }, ['error spec.hosts[0]']],
    ['with a port in the host', { hosts: ['api.example.com:80'] }, ['error spec.hosts[0]']],
    ['with an IP address as host', { hosts: ['203.0.113.50'] }, ['error spec.hosts[0]']],
    ['with an absolute host name', { hosts: ['api.example.com.'] }, []],
    ['with a wildcard to look up', { hosts: ['*.example.com'] }, ['error spec.hosts[0]']],
    ['with a wildcard and endpoints', { hosts: ['*.example.com'], endpoints: [{ address: 'a.example.com' }] }, []],
    ['with half a label as wildcard', { hosts: ['*api.example.com'], resolution: 'NONE' }, ['warning spec.hosts[0]']],
    ['with an address that is none', { addresses: ['999.1.1.1'] }, ['error spec.addresses[0]']],
    ['with an address with leading zeros', { addresses: ['010.0.0.1'] }, ['error spec.addresses[0]']],
    ['with a range to look up', { addresses: ['10.0.0.0/8'] }, ['error spec.addresses[0]']],
    ['with a range and STATIC', { addresses: ['10.0.0.0/8'], resolution: 'STATIC' }, []],
    ['without port names', { ports: [{ number: 80, protocol: 'HTTP' }] }, ['error spec.ports[0].name']],
    [
      'with two ports of one number',
      { ports: [port('HTTP'), { ...port('HTTP'), name: 'x' }] },
      ['error spec.ports[1].number'],
    ],
    [
      'with two ports of one name',
      { ports: [port('HTTP'), { ...port('HTTP'), number: 81 }] },
      ['error spec.ports[1].name'],
    ],
    ['with an unknown protocol', { ports: [port('QUIC')] }, ['error spec.ports[0].protocol']],
    ['with a protocol in lower case', { ports: [port('grpc-web')] }, []],
    ['with port 0', { ports: [{ ...port('HTTP'), number: 0 }] }, ['error spec.ports[0].number']],
    [
      'with a selector and endpoints',
      { workloadSelector: { labels: { a: 'b' } }, endpoints: [{ address: '1.2.3.4' }], resolution: 'STATIC' },
      ['error spec.endpoints'],
    ],
    [
      'with an empty selector',
      { workloadSelector: {}, resolution: 'STATIC' },
      ['warning spec.workloadSelector.labels'],
    ],
    [
      'with a wildcard in the selector',
      { workloadSelector: { labels: { app: 'x*' } }, resolution: 'STATIC' },
      ['error spec.workloadSelector.labels.app'],
    ],
    ['with endpoints and NONE', { resolution: 'NONE', endpoints: [{ address: '1.2.3.4' }] }, ['error spec.endpoints']],
    [
      'with a selector and NONE',
      { resolution: 'NONE', workloadSelector: { labels: { a: 'b' } } },
      ['warning spec.workloadSelector'],
    ],
    [
      'with a name for an address and STATIC',
      { resolution: 'STATIC', endpoints: [{ address: 'a.example.com' }] },
      ['error spec.endpoints[0].address'],
    ],
    ['with a socket', { resolution: 'STATIC', endpoints: [{ address: 'unix:///run/app' }] }, []],
    [
      'with a socket and two ports',
      { resolution: 'STATIC', ports: [port('HTTP'), port('HTTP', 81)], endpoints: [{ address: 'unix:///run/app' }] },
      ['error spec.endpoints[0].address'],
    ],
    [
      'with an endpoint in another network',
      { resolution: 'STATIC', endpoints: [{ network: 'far' }] },
      ['warning spec.endpoints[0].address'],
    ],
    [
      'with an endpoint without an address',
      { resolution: 'STATIC', endpoints: [{}] },
      ['error spec.endpoints[0].address'],
    ],
    [
      'with a port that it has not',
      { endpoints: [{ address: 'a.example.com', ports: { http: 80 } }] },
      ['error spec.endpoints[0].ports.http'],
    ],
    [
      'with two names to look up in turn',
      { resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'a.b' }, { address: 'c.d' }] },
      ['error spec.endpoints'],
    ],
    ['with two hosts and TCP', { hosts: ['a.b', 'c.d'], ports: [port('TCP')] }, ['error spec.ports[0].protocol']],
    ['with two hosts, an address and TLS', { hosts: ['a.b', 'c.d'], addresses: ['1.2.3.4'] }, ['warning spec.hosts']],
    ['exported to one namespace twice', { exportTo: ['.', 'default'] }, ['error spec.exportTo[1]']],
    ['exported to all and some', { exportTo: ['*', 'other'] }, ['error spec.exportTo']],
    ['exported to no one', { exportTo: ['~'] }, []],
    ['with TCP and no address of its own', { ports: [port('TCP')], resolution: 'NONE' }, ['warning spec.ports[0]']],
    ['with TCP and an allocated address', { ports: [port('TCP')] }, []],
    [
      'with TCP and allocation switched off',
      { ports: [port('TCP')] },
      ['warning spec.ports[0]'],
      { statefulAllocation: false },
    ],
    [
      'with TCP and an opt-out',
      { ports: [port('TCP')] },
      ['warning spec.ports[0]'],
      { metadata: { labels: { 'networking.istio.io/enable-autoallocate-ip': 'False' } } },
    ],
  ];
  for (const [title, change, problems, given] of cases) {
    it(title, () => {
      expect(problemsOf('ServiceEntry', { ...valid, ...change }, given)).toEqual(problems);
    });
  }

  const dynamic: ServiceEntry = { hosts: ['*.example.com'], ports: [port('HTTP')], resolution: 'DYNAMIC_DNS' };
  const dynamicCases: readonly Case[] = [
    ['as it should be', {}, []],
    ['with an exact host', { hosts: ['a.example.com'] }, ['error spec.hosts[0]']],
    ['with addresses', { addresses: ['1.2.3.4'] }, ['error spec.addresses']],
    ['with endpoints', { endpoints: [{ address: '1.2.3.4' }] }, ['error spec.endpoints']],
    ['with HTTPS', { ports: [port('HTTPS')] }, ['error spec.ports[0].protocol']],
    ['with GRPC', { ports: [port('GRPC')] }, []],
    ['with GRPC in 1.29', { ports: [port('GRPC')] }, ['error spec.ports[0].protocol'], { istioVersion: '1.29' }],
    ['inside the mesh', { location: 'MESH_INTERNAL' }, []],
    ['inside the mesh in 1.29', { location: 'MESH_INTERNAL' }, ['error spec.location'], { istioVersion: '1.29' }],
    [
      'inside the mesh behind a waypoint',
      { location: 'MESH_INTERNAL' },
      ['error spec.location'],
      { metadata: { labels: { 'istio.io/use-waypoint': 'w' } } },
    ],
    [
      'inside the mesh without a waypoint',
      { location: 'MESH_INTERNAL' },
      [],
      { metadata: { labels: { 'istio.io/use-waypoint': 'None' } } },
    ],
  ];
  for (const [title, change, problems, given] of dynamicCases) {
    it(`with resolution DYNAMIC_DNS, ${title}`, () => {
      expect(problemsOf('ServiceEntry', { ...dynamic, ...change }, given)).toEqual(problems);
    });
  }
});

describe('a WorkloadEntry', () => {
  it.each([
    ['with an IP address', { address: '10.0.0.1' }, []],
    ['with a host name', { address: 'vm.example.com' }, []],
    ['with neither', { address: 'vm_1' }, ['error spec.address']],
    ['without an address', {}, ['error spec.address']],
    ['with a relative socket', { address: 'unix://run/app' }, ['error spec.address']],
    ['with a socket and ports', { address: 'unix:///run/app', ports: { http: 80 } }, ['error spec.ports']],
    ['with a label that is none', { address: '10.0.0.1', labels: { 'a b': 'c' } }, ['error spec.labels["a b"]']],
    ['with a value that is none', { address: '10.0.0.1', labels: { a: '-c' } }, ['error spec.labels.a']],
  ])('%s', (_, spec, problems) => {
    expect(problemsOf('WorkloadEntry', spec)).toEqual(problems);
  });
});
