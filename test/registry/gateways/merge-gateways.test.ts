import { describe, expect, it } from 'vitest';
import { resource } from '../mesh-of.ts';
import { gateway, merge, portsOf, server } from './gateways-of.ts';

const simple = { tls: { mode: 'SIMPLE', credentialName: 'c' } } as const;

describe('the Gateways of one workload', () => {
  it('share plain HTTP ports, and TLS ports by host', () => {
    const { merged, diagnostics } = merge([
      gateway([server('80/HTTP', ['a.com']), server('443/HTTPS/a', ['a.com'], simple)], 'one'),
      gateway([server('80/HTTP', ['b.com']), server('443/HTTPS/b', ['b.com'], simple)], 'two'),
    ]);
    expect(portsOf(merged)).toEqual(['80: one[0] two[0]', '443: one[1] two[1]']);
    expect([...(merged?.serversByRouteName.keys() ?? [])]).toEqual([
      'http.80',
      'https.443.a.one.istio-system',
      'https.443.b.two.istio-system',
    ]);
    expect(diagnostics).toEqual([]);
  });

  it('lose servers to older ones of another protocol or with the same host', () => {
    const { merged, diagnostics } = merge([
      gateway([server('443/HTTPS', ['a.com', '*.b.com'], simple), server('80/HTTP', ['*'])], 'old'),
      gateway([server('443/HTTPS/x', ['c.com', '*.b.com'], simple), server('80/TCP', ['*'])], 'new'),
    ]);
    expect(portsOf(merged)).toEqual(['443: old[0]', '80: old[1]']);
    expect(diagnostics).toMatchObject([
      { code: 'gateway-conflict', resource: { name: 'new' }, path: 'spec.servers[0]' },
      { code: 'gateway-conflict', resource: { name: 'new' }, path: 'spec.servers[1]' },
    ]);
    expect(diagnostics[0]?.related).toMatchObject([{ resource: { name: 'old' } }]);
  });

  it('do not meet at different addresses', () => {
    const { merged } = merge([
      gateway([server('80/HTTP', ['a.com']), server('80/HTTP/other', ['a.com'], { bind: '10.0.0.1' })]),
    ]);
    expect(portsOf(merged)).toEqual(['80: egress[0]', '80@10.0.0.1: egress[1]']);
  });

  it('pass traffic of the mesh as soon as one server is for it', () => {
    expect(merge([gateway([server('80/HTTP', ['*'])])]).merged?.passesMeshTraffic).toBe(false);
    const passing = server('15443/TLS', ['*.local'], { tls: { mode: 'AUTO_PASSTHROUGH' } });
    expect(merge([gateway([passing])]).merged?.passesMeshTraffic).toBe(true);
  });
});

describe('the port of a server', () => {
  const service = (labels: Record<string, string> = {}) =>
    resource(
      'Service',
      { selector: { istio: 'egress' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
      { name: 'egress', namespace: 'istio-system', labels },
    );
  const pod = resource('Pod', {}, { name: 'egress-1', namespace: 'istio-system', labels: { istio: 'egress' } });
  const servers = gateway([server('80/HTTP', ['*']), server('81/HTTP', ['*'])]);

  it('is the target port of the Service, where it has one', () => {
    expect(portsOf(merge([service(), pod, servers]).merged)).toEqual(['8080: egress[0]', '81: egress[1]']);
  });

  it('is kept where the Service says so', () => {
    const kept = service({ 'experimental.istio.io/disable-gateway-port-translation': 'true' });
    expect(portsOf(merge([kept, pod, servers]).merged)).toEqual(['80: egress[0]', '81: egress[1]']);
  });

  it('is kept where the input has no pod, which is said', () => {
    const { merged, diagnostics } = merge([service(), servers]);
    expect(portsOf(merged)).toEqual(['80: egress[0]', '81: egress[1]']);
    expect(diagnostics).toMatchObject([{ code: 'pod-missing', resource: { kind: 'Service', name: 'egress' } }]);
  });
});

describe('what istiod does not say', () => {
  it('is that a Gateway selects nobody', () => {
    const other = gateway([server('80/HTTP', ['*'])], 'ingress', { istio: 'ingress' });
    const nobody = merge([other]);
    expect(nobody.merged).toBeUndefined();
    expect(nobody.diagnostics).toMatchObject([
      { code: 'gateway-selects-nothing', severity: 'warning', path: 'spec.selector', resource: { name: 'ingress' } },
    ]);
    const own = gateway([server('80/HTTP', ['*'])]);
    expect(merge([other, own]).diagnostics).toMatchObject([{ code: 'gateway-selects-nothing', severity: 'info' }]);
    const pod = resource('Pod', {}, { name: 'ingress-1', labels: { istio: 'ingress', more: 'labels' } });
    expect(merge([other, own, pod]).diagnostics).toEqual([]);
  });

  it('is that a VirtualService names a Gateway that does not exist', () => {
    const bound = resource('VirtualService', { hosts: ['a.com'], gateways: ['egress', 'mesh', 'istio-system/egress'] });
    const { diagnostics } = merge([gateway([server('80/HTTP', ['*'])]), bound]);
    expect(diagnostics).toMatchObject([{ code: 'gateway-unknown', path: 'spec.gateways[0]' }]);
    expect(diagnostics[0]?.message).toContain('"istio-system/egress"');
  });

  it('is that it crashes on a host with a namespace after the host for all', () => {
    const crashing = merge([gateway([server('80/HTTP', ['a.com', '*/*', 'ns/b.com', './c.com'])])]);
    expect(crashing.diagnostics).toMatchObject([{ code: 'istiod-crash', path: 'spec.servers[0].hosts[3]' }]);
    expect(merge([gateway([server('80/HTTP', ['./c.com', '*/*', 'ns/b.com'])])]).diagnostics).toEqual([]);
  });
});

describe('VirtualServices of a Gateway', () => {
  const bound = (gateways: readonly string[], spec = {}) =>
    resource('VirtualService', { hosts: ['a.com'], gateways, ...spec }, { name: gateways.join('-') });
  const found = (gateways: readonly string[], spec = {}) =>
    merge([gateway([server('80/HTTP', ['*'])]), bound(gateways, spec)]).merged?.virtualServicesFor(
      'istio-system/egress',
    );

  it('are those that name it, in either form', () => {
    expect(found(['istio-system/egress'])).toHaveLength(1);
    expect(found(['egress.istio-system.svc.cluster.local'])).toHaveLength(1);
    expect(found(['egress'])).toHaveLength(0);
    expect(found(['mesh'])).toHaveLength(0);
  });

  it('count as often as they name it', () => {
    expect(found(['istio-system/egress', 'egress.istio-system'])).toHaveLength(2);
  });

  it('are those that the namespace of the gateway may see', () => {
    expect(found(['istio-system/egress'], { exportTo: ['.'] })).toHaveLength(0);
    expect(found(['istio-system/egress'], { exportTo: ['istio-system'] })).toHaveLength(1);
  });
});
