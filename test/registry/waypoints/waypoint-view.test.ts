import { describe, expect, it } from 'vitest';
import { crossesNetworks } from '../../../src/registry/waypoints/waypoint-view.ts';
import { entry, resource } from '../mesh-of.ts';
import { attached, gateway, labels, usesWaypoint, waypointOf, waypointScenario } from './ambient-mesh.ts';

const hostsOf = (...args: Parameters<typeof waypointOf>): readonly string[] =>
  waypointOf(...args).waypoint.attachedServices.map(({ hostname }) => hostname);
const namespace = (ofNamespace: Readonly<Record<string, string>>) =>
  resource('Namespace', {}, { name: 'default', namespace: '', labels: ofNamespace });

describe('services of a waypoint', () => {
  it('are those with its label, or in a namespace with it', () => {
    const others = [
      entry(['b.com'], {}, { name: 'b' }),
      attached('c.com', {}, { labels: { 'istio.io/use-waypoint': 'none' } }),
    ];
    expect(hostsOf([attached('a.com'), ...others])).toEqual(['a.com']);
    expect(hostsOf([attached('a.com'), ...others, namespace(usesWaypoint)])).toEqual(['a.com', 'b.com']);
  });

  it('are none where ambient mode is off', () => {
    const { waypoint, diagnostics } = waypointOf([attached('a.com')], { features: {} });
    expect(waypoint.attachedServices).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toContain('waypoint-without-ambient');
  });

  it('are none for a proxy that is no instance of the waypoint', () => {
    const elsewhere = { ...waypointScenario.proxy, name: 'x', ip: '10.9.9.9' };
    expect(hostsOf([attached('a.com')], { proxy: elsewhere })).toEqual([]);
  });

  it('do not include entries with an address that istiod cannot use', () => {
    const unix = attached('a.com', { addresses: ['192.0.2.1', 'x'] });
    const range = attached('b.com', { addresses: ['192.0.2.0/24'] });
    expect(hostsOf([unix, range])).toEqual(['b.com']);
    expect(hostsOf([unix, range], { istioVersion: '1.29' })).toEqual([]);
  });

  it('do not include DYNAMIC_DNS entries inside the mesh', () => {
    const dynamic = attached('*.a.com', { resolution: 'DYNAMIC_DNS', location: 'MESH_INTERNAL' });
    const { waypoint, diagnostics } = waypointOf([dynamic]);
    expect(waypoint.attachedServices).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toContain('dynamic-dns-inside-mesh');
    expect(hostsOf([dynamic], { istioVersion: '1.29' })).toEqual(['*.a.com']);
  });
});

describe('workloads of a waypoint', () => {
  const workload = resource('WorkloadEntry', { address: '10.1.5.1' }, { name: 'vm', labels: usesWaypoint });
  const addressesOf = (...args: Parameters<typeof waypointOf>) =>
    waypointOf(...args).waypoint.attachedWorkloads.flatMap(({ addresses }) => addresses);

  it('need a waypoint that is for them', () => {
    expect(addressesOf([workload])).toEqual([]);
    expect(addressesOf([workload], {}, [gateway({ 'istio.io/waypoint-for': 'all' })])).toEqual(['10.1.5.1']);
  });

  it('are endpoints of entries, too, by their own labels', () => {
    const endpoints = [{ address: '10.1.6.1', labels: usesWaypoint }, { address: '10.1.6.2' }];
    const listed = entry(['a.com'], { resolution: 'STATIC', endpoints });
    const forWorkloads = [gateway({ 'istio.io/waypoint-for': 'workload' })];
    expect(addressesOf([listed], {}, forWorkloads)).toEqual(['10.1.6.1']);
  });
});

describe('a label that leads nowhere', () => {
  const codesOf = (...args: Parameters<typeof waypointOf>) =>
    waypointOf(...args).diagnostics.map(({ code, resource: found }) => `${code} ${found?.kind}/${found?.name}`);

  it('is reported where no such waypoint is ready', () => {
    const missing = attached('a.com', {}, { labels: { 'istio.io/use-waypoint': 'gone' } });
    expect(codesOf([missing])).toEqual(['waypoint-unknown ServiceEntry/a.com']);
  });

  it('is reported once where a namespace has it', () => {
    const two = [entry(['a.com'], {}, { name: 'a' }), entry(['b.com'], {}, { name: 'b' })];
    expect(codesOf([...two, namespace({ 'istio.io/use-waypoint': 'gone' })])).toEqual([
      'waypoint-unknown Namespace/default',
    ]);
  });

  it('is reported where the waypoint takes other traffic or none from there', () => {
    const wrong = [gateway({ 'istio.io/waypoint-for': 'workload' })];
    expect(codesOf([attached('a.com')], {}, wrong)).toEqual(['waypoint-refuses ServiceEntry/a.com']);
    const other = { 'istio.io/use-waypoint': 'waypoint', 'istio.io/use-waypoint-namespace': 'default' };
    const foreign = attached('a.com', {}, { namespace: 'prod', labels: other });
    expect(codesOf([foreign])).toEqual(['waypoint-refuses ServiceEntry/a.com']);
  });
});

it('only waypoints that Istio deployed open tunnels to other networks', () => {
  expect(crossesNetworks(waypointOf([]).waypoint)).toBe(true);
  const { 'gateway.istio.io/managed': _, ...unmanaged } = labels;
  const bare = resource('Pod', { containers: [] }, { name: 'waypoint-1', labels: unmanaged });
  const { waypoint } = waypointOf([bare], {
    proxy: { ...waypointScenario.proxy, name: 'w2', ip: '10.9.9.9', labels: unmanaged },
  });
  expect(crossesNetworks(waypoint)).toBe(false);
});
