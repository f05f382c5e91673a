import { expect, it } from 'vitest';
import type { Resource } from '../../../src/model/resource.ts';
import { entry, meshOf, resource, service } from '../mesh-of.ts';

const ambient = { features: { PILOT_ENABLE_AMBIENT: 'true' } };

function accepted(resources: readonly Resource[], scenario = {}): readonly string[] {
  const registered = meshOf(resources, scenario);
  const found = service(registered, 'a.com');
  const endpoints = registered.mesh.endpointsOf(found, found.ports[0] ?? { name: '', number: 0, protocol: 'TCP' });
  return endpoints
    .filter(({ workload }) => registered.mesh.acceptsTunnel(workload))
    .map(({ workload }) => workload.addresses[0] ?? '');
}

const endpoints = [
  { address: '10.1.1.1', labels: { 'networking.istio.io/tunnel': 'x,http' } },
  { address: '10.1.1.2', labels: { 'networking.istio.io/tunnel': 'x' } },
];
const listed = entry(['a.com'], { resolution: 'STATIC', endpoints });

it('workloads say by a label that they accept tunnels, in any mesh', () => {
  expect(accepted([listed])).toEqual(['10.1.1.1']);
});

it('an ambient mesh captures pods that carry its annotation', () => {
  const pod = resource(
    'Pod',
    { containers: [] },
    {
      annotations: { 'ambient.istio.io/redirection': 'enabled' },
      status: { phase: 'Running', podIP: '10.1.1.2', podIPs: [{ ip: '10.1.1.2' }] },
    },
  );
  expect(accepted([listed, pod])).toEqual(['10.1.1.1']);
  expect(accepted([listed, pod], ambient)).toEqual(['10.1.1.1', '10.1.1.2']);
});

it('workloads of another network have other addresses', () => {
  const pod = resource(
    'Pod',
    { containers: [] },
    {
      annotations: { 'ambient.istio.io/redirection': 'enabled' },
      status: { phase: 'Running', podIP: '10.1.1.2', podIPs: [{ ip: '10.1.1.2' }] },
    },
  );
  const network = { 'topology.istio.io/network': 'n1' };
  const system = resource('Namespace', {}, { name: 'istio-system', namespace: '', labels: network });
  expect(accepted([listed, pod, system], ambient)).toEqual(['10.1.1.1', '10.1.1.2']);
  const elsewhere = entry(['a.com'], { resolution: 'STATIC', endpoints: [{ address: '10.1.1.2', network: 'n2' }] });
  expect(accepted([elsewhere, pod, system], ambient)).toEqual([]);
});
