import { describe, expect, it } from 'vitest';
import type { HTTPRoute, VirtualService } from '../../src/model/istio/virtual-service.ts';
import type { Metadata, Resource } from '../../src/model/resource.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { meshOf, resource } from './mesh-of.ts';

const virtualService = (name: string, spec: VirtualService, metadata: Partial<Metadata> = {}): Resource =>
  resource('VirtualService', spec, { name, ...metadata });

function selected(resources: readonly Resource[], scenario: Scenario = {}) {
  const [listener] = meshOf(resources, scenario).view.egressListeners;
  return listener?.virtualServices ?? [];
}
const names = (...given: Parameters<typeof selected>) => selected(...given).map(({ metadata }) => metadata.name);

describe('the VirtualServices of a sidecar', () => {
  it('are bound to the mesh', () => {
    const hosts = ['a.com'];
    expect(
      names([
        virtualService('none', { hosts }),
        virtualService('mesh', { hosts, gateways: ['g', 'mesh'] }),
        virtualService('gateway', { hosts, gateways: ['g'] }),
      ]),
    ).toEqual(['mesh', 'none']);
  });

  it('are private ones, those for the namespace, and those for all, each by age and name', () => {
    const hosts = ['a.com'];
    expect(
      names([
        virtualService('all-young', { hosts }, { namespace: 'x' }),
        virtualService('all-old', { hosts }, { namespace: 'x', creationTime: 0 }),
        virtualService('for-us', { hosts, exportTo: ['default'] }, { namespace: 'x', creationTime: 0 }),
        virtualService('private', { hosts, exportTo: ['.'] }),
        virtualService('hidden', { hosts, exportTo: ['~'] }),
        virtualService('of-others', { hosts, exportTo: ['.'] }, { namespace: 'x' }),
      ]),
    ).toEqual(['private', 'for-us', 'all-old', 'all-young']);
  });

  it('are exported as the mesh says where they do not', () => {
    const meshConfig = { defaultVirtualServiceExportTo: ['.'] };
    const resources = [virtualService('x', { hosts: ['a.com'] }, { namespace: 'x' })];
    expect(names(resources, { meshConfig })).toEqual([]);
  });

  it('have complete names of hosts and gateways', () => {
    const [found] = selected([
      virtualService('v', {
        hosts: ['s'],
        gateways: ['mesh', 'g', './h', 'g.x.svc.cluster.local', 'y/i'],
        http: [{ route: [{ destination: { host: 's' } }], mirror: { host: 'm' }, match: [{ gateways: ['g'] }] }],
        tls: [{ route: [{ destination: { host: 'a.com' } }] }],
      }),
    ]);
    expect(found?.spec).toEqual({
      hosts: ['s.default.svc.cluster.local'],
      gateways: ['mesh', 'default/g', 'default/h', 'x/g', 'y/i'],
      http: [
        {
          route: [{ destination: { host: 's.default.svc.cluster.local' } }],
          mirror: { host: 'm.default.svc.cluster.local' },
          match: [{ gateways: ['default/g'] }],
        },
      ],
      tls: [{ route: [{ destination: { host: 'a.com' } }] }],
    });
  });
});

describe('delegates', () => {
  const route = [{ destination: { host: 'b.com' } }];
  const delegated = (
    root: HTTPRoute,
    http: readonly HTTPRoute[],
    metadata: Partial<Metadata> & { readonly exportTo?: readonly string[] } = {},
  ) => {
    const { exportTo, ...rest } = metadata;
    const [found] = selected([
      virtualService('root', { hosts: ['a.com'], http: [{ ...root, delegate: { name: 'd', namespace: 'x' } }] }),
      virtualService('d', { http, ...(exportTo && { exportTo }) }, { namespace: 'x', ...rest }),
    ]);
    return found?.spec.http;
  };

  it('take the place of the route, inherit what they do not say, and lengthen its name', () => {
    const headers = { request: { remove: ['x'] } };
    expect(
      delegated({ name: 'r', timeout: '5s', headers, match: [{ name: 'm', uri: { prefix: '/a' } }] }, [
        { name: 'd', route, timeout: '1s', match: [{ uri: { prefix: '/a/b' } }] },
        { route },
      ]),
    ).toEqual([
      { name: 'r-d', route, timeout: '1s', headers, match: [{ name: 'm', uri: { prefix: '/a/b' } }] },
      { name: 'r', route, timeout: '5s', headers, match: [{ name: 'm', uri: { prefix: '/a' } }] },
    ]);
  });

  it.each([
    [{ uri: { prefix: '/a' } }, { uri: { exact: '/a/b' } }, true],
    [{ uri: { prefix: '/a' } }, { uri: { prefix: '/b' } }, false],
    [{ uri: { exact: '/a' } }, { uri: { prefix: '/a' } }, false],
    [{ uri: { regex: 'a' } }, { uri: { prefix: 'a' } }, false],
    [{ uri: { prefix: 'a' } }, { uri: { regex: 'a' } }, false],
    [{ headers: { h: { exact: '1' } } }, { headers: { h: { exact: '2' } } }, false],
    [{ headers: { h: { exact: '1' } } }, { headers: { i: { exact: '2' } } }, true],
    [{ port: 80 }, { port: 81 }, false],
    [{ sourceNamespace: 'x' }, {}, false],
    [{ sourceLabels: { a: '1' } }, { sourceLabels: { a: '2' } }, false],
    [{ gateways: ['mesh'] }, { gateways: ['mesh', 'other/g'] }, false],
    [{}, { ignoreUriCase: true }, false],
  ])('count only within what the root matches: %o and %o', (root, match, fits) => {
    expect(delegated({ match: [root] }, [{ route, match: [match] }])).toHaveLength(fits ? 1 : 0);
  });

  it('must be there, and exported to the root', () => {
    expect(delegated({}, [{ route }], { exportTo: ['default'] })).toEqual([{ route }]);
    expect(delegated({}, [{ route }], { exportTo: ['.'] })).toEqual([]);
    expect(delegated({}, [{ route }], { name: 'another' })).toEqual([]);
  });

  it('are no VirtualServices of their own', () => {
    expect(names([virtualService('d', { http: [{ route }] })])).toEqual([]);
  });
});
