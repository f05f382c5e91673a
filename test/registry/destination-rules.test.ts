import { describe, expect, it } from 'vitest';
import type { DestinationRule } from '../../src/model/istio/destination-rule.ts';
import type { Metadata, Resource } from '../../src/model/resource.ts';
import type { ProxyScenario, Scenario } from '../../src/model/scenario.ts';
import { entry, meshOf, resource, service } from './mesh-of.ts';

const rule = (host: string, spec: DestinationRule = {}, metadata: Partial<Metadata> = {}): Resource =>
  resource('DestinationRule', { host, ...spec }, { name: host, ...metadata });

/** The names of the rules that the one for a.b.com was merged from. */
function chosen(
  rules: readonly Resource[],
  proxy: ProxyScenario = {},
  { serviceNamespace = 'default', ...scenario }: Scenario & { readonly serviceNamespace?: string } = {},
): readonly string[] | undefined {
  const registered = meshOf([entry(['a.b.com'], {}, { namespace: serviceNamespace }), ...rules], {
    ...scenario,
    proxy,
  });
  return registered.view.destinationRuleFor(service(registered, 'a.b.com'))?.from.map(({ name }) => name);
}

describe('the DestinationRule of a service', () => {
  it('is the one for its host, else that of the longest wildcard', () => {
    expect(chosen([rule('*.com'), rule('*.b.com'), rule('a.b.com')])).toEqual(['a.b.com']);
    expect(chosen([rule('*.com'), rule('*.b.com'), rule('x.b.com')])).toEqual(['*.b.com']);
    expect(chosen([rule('a.b')])).toBeUndefined();
  });

  it('completes a short host with its own namespace', () => {
    const registered = meshOf([
      resource('Service', { clusterIP: '10.0.0.1', ports: [{ port: 80 }] }, { name: 's' }),
      rule('s'),
    ]);
    const found = registered.view.destinationRuleFor(service(registered, 's.default.svc.cluster.local'));
    expect(found?.spec.host).toBe('s.default.svc.cluster.local');
  });

  it('is looked for in the proxy’s namespace, then the service’s, then the root’s', () => {
    const of = (namespace: string) => rule('a.b.com', {}, { namespace, name: namespace });
    const all = [of('default'), of('services'), of('istio-system')];
    const options = { serviceNamespace: 'services' };
    expect(chosen(all, {}, options)).toEqual(['default']);
    expect(chosen(all.slice(1), {}, options)).toEqual(['services']);
    expect(chosen(all.slice(2), {}, options)).toEqual(['istio-system']);
    expect(chosen([of('elsewhere')], {}, options)).toBeUndefined();
  });

  it('in the root namespace’s proxies, a rule of the service’s namespace beats one that is for everybody', () => {
    const rules = [
      rule('a.b.com', {}, { namespace: 'istio-system', name: 'root' }),
      rule('a.b.com', {}, { namespace: 'services', name: 'own' }),
    ];
    expect(chosen(rules, { namespace: 'istio-system' }, { serviceNamespace: 'services' })).toEqual(['own']);
    const privateRule = rule('a.b.com', { exportTo: ['.'] }, { namespace: 'istio-system', name: 'private' });
    expect(chosen([...rules, privateRule], { namespace: 'istio-system' }, { serviceNamespace: 'services' })).toEqual([
      'private',
    ]);
  });

  it('must be exported to the proxy, by itself or by default', () => {
    const of = (exportTo?: readonly string[]) => [
      rule('a.b.com', exportTo ? { exportTo } : {}, { namespace: 'services' }),
    ];
    const options = { serviceNamespace: 'services' };
    expect(chosen(of(['default']), {}, options)).toBeDefined();
    expect(chosen(of(['other']), {}, options)).toBeUndefined();
    expect(chosen(of(['.']), {}, options)).toBeUndefined();
    const meshConfig = { defaultDestinationRuleExportTo: ['.'] };
    expect(chosen(of(), {}, { ...options, meshConfig })).toBeUndefined();
    expect(chosen(of(['*']), {}, { ...options, meshConfig })).toBeDefined();
  });

  it('selects workloads of its own namespace, and then beats the one for all', () => {
    const rules = [
      rule('a.b.com', {}, { name: 'all', creationTime: 0 }),
      rule('a.b.com', { workloadSelector: { matchLabels: { app: 'x' } } }, { name: 'some' }),
    ];
    expect(chosen(rules, { labels: { app: 'x' } })).toEqual(['some']);
    expect(chosen(rules, { labels: { app: 'y' } })).toEqual(['all']);
    const registered = meshOf([entry(['a.b.com']), ...rules], { proxy: { labels: { app: 'x' } } });
    expect(registered.view.inboundDestinationRuleFor(service(registered, 'a.b.com'))?.metadata.name).toBe('all');
  });
});

describe('rules for one host', () => {
  const one = { name: 'v1', labels: { v: '1' } };
  const two = { name: 'v2', labels: { v: '2' } };
  const older = (spec: DestinationRule) => rule('a.b.com', spec, { name: 'older', creationTime: 0 });
  const younger = (spec: DestinationRule) => rule('a.b.com', spec, { name: 'younger' });
  const merged = (...rules: readonly Resource[]) => {
    const registered = meshOf([entry(['a.b.com']), ...rules]);
    return registered.view.destinationRuleFor(service(registered, 'a.b.com'));
  };

  it('are merged: subsets of new names are added, the older policy counts', () => {
    const first = { trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } } as const;
    const second = { trafficPolicy: { tls: { mode: 'SIMPLE' } } } as const;
    const found = merged(
      younger({ ...second, subsets: [{ ...one, labels: { v: 'other' } }, two] }),
      older({ ...first, subsets: [one] }),
    );
    expect(found).toMatchObject({ metadata: { name: 'older' }, spec: { ...first, subsets: [one, two] } });
    expect(found?.from.map(({ name }) => name)).toEqual(['older', 'younger']);
  });

  it('fill in a policy where the older has none', () => {
    const trafficPolicy = { tls: { mode: 'SIMPLE' } } as const;
    expect(merged(older({ subsets: [one] }), younger({ trafficPolicy }))?.spec).toMatchObject({ trafficPolicy });
  });

  it('stay apart where they are not exported alike', () => {
    expect(merged(older({ exportTo: ['.'] }), younger({ exportTo: ['other', 'default'] }))?.from).toHaveLength(1);
    expect(merged(older({ exportTo: ['.'] }), younger({ exportTo: ['.'] }))?.from).toHaveLength(2);
  });
});
