import { describe, expect, it } from 'vitest';
import type { Gateway, ServerTLSSettings } from '../../src/model/istio/gateway.ts';
import type { IstioEgressListener, IstioIngressListener, Sidecar } from '../../src/model/istio/sidecar.ts';
import { problemsOf } from './problems-of.ts';

describe('a Sidecar', () => {
  const http = { number: 80, name: 'http', protocol: 'HTTP' };
  it.each<readonly [string, Sidecar, readonly string[]]>([
    ['as it should be', { egress: [{ hosts: ['./*'] }] }, []],
    ['without content', {}, ['error spec']],
    ['with only a policy', { outboundTrafficPolicy: {} }, []],
    [
      'with an egress proxy and REGISTRY_ONLY',
      { outboundTrafficPolicy: { egressProxy: { host: 'a.b', port: { number: 80 } } } },
      ['error spec.outboundTrafficPolicy.egressProxy'],
    ],
    [
      'with an egress proxy without a port',
      { outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy: { host: 'a.b' } } },
      ['error spec.outboundTrafficPolicy.egressProxy.port'],
    ],
    [
      'with a catch-all before another listener',
      { egress: [{ hosts: ['*/*'] }, { port: http, hosts: ['*/*'] }] },
      ['error spec.egress[0]'],
    ],
  ])('%s', (_, spec, problems) => {
    expect(problemsOf('Sidecar', spec)).toEqual(problems);
  });

  it.each<readonly [string, IstioEgressListener, readonly string[]]>([
    ['no hosts', {}, ['error .hosts']],
    ['a host without a namespace', { hosts: ['a.example.com'] }, ['error .hosts[0]']],
    ['a short host', { hosts: ['./reviews'] }, ['error .hosts[0]']],
    ['no namespace at all', { hosts: ['~/*'] }, []],
    ['a namespace twice', { hosts: ['./*', 'default/a.b'] }, ['warning .hosts[1]']],
    ['everything and more', { hosts: ['*/*', 'a/b.c'] }, ['warning .hosts']],
    ['a socket', { port: { ...http, number: 0 }, bind: 'unix:///run/a', hosts: ['./*'] }, []],
    ['port 0 without a socket', { port: { ...http, number: 0 }, hosts: ['./*'] }, ['error .bind']],
    [
      'a socket that is captured',
      { port: { ...http, number: 0 }, bind: 'unix:///run/a', captureMode: 'IPTABLES', hosts: ['./*'] },
      ['error .captureMode'],
    ],
    ['a target port', { port: { ...http, targetPort: 80 }, hosts: ['./*'] }, ['error .port.targetPort']],
  ])('with egress to %s', (_, listener, problems) => {
    const expected = problems.map((problem) => problem.replace(' .', ' spec.egress[0].'));
    expect(problemsOf('Sidecar', { egress: [listener] })).toEqual(expected);
  });

  it.each<readonly [string, IstioIngressListener, readonly string[]]>([
    ['no port', {}, ['error .port']],
    ['an endpoint on its loopback', { port: http, defaultEndpoint: '[::1]:8080' }, []],
    ['an endpoint elsewhere', { port: http, defaultEndpoint: '10.0.0.1:8080' }, ['error .defaultEndpoint']],
    [
      'TLS on an HTTP port',
      { port: http, tls: { mode: 'SIMPLE', serverCertificate: 'a', privateKey: 'b' } },
      ['error .tls'],
    ],
    [
      'a credential',
      { port: { ...http, protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'a' } },
      ['error .tls.credentialName'],
    ],
    [
      'HTTP settings for TCP',
      { port: { ...http, protocol: 'TCP' }, connectionPool: { http: {} } },
      ['warning .connectionPool.http'],
    ],
  ])('with ingress with %s', (_, listener, problems) => {
    const expected = problems.map((problem) => problem.replace(' .', ' spec.ingress[0].'));
    expect(problemsOf('Sidecar', { ingress: [listener] })).toEqual(expected);
  });

  it('can take a namespace out from 1.31 on', () => {
    const sidecar: Sidecar = { egress: [{ hosts: ['*/*', '~other/*'] }] };
    expect(problemsOf('Sidecar', sidecar)).toContain('error spec.egress[0].hosts[1]');
    expect(problemsOf('Sidecar', sidecar, { istioVersion: '1.31' })).toEqual([]);
  });
});

describe('a Gateway', () => {
  const server = (protocol: string, tls?: ServerTLSSettings): Gateway => ({
    servers: [{ hosts: ['*'], port: { number: 443, name: 'p', protocol }, ...(tls && { tls }) }],
  });
  it.each<readonly [string, Gateway, readonly string[]]>([
    ['for HTTP', server('HTTP'), []],
    ['without servers', {}, ['error spec.servers']],
    ['for HTTPS without TLS', server('HTTPS'), ['error spec.servers[0].tls']],
    ['for TCP with TLS', server('TCP', { mode: 'SIMPLE', credentialName: 'a' }), ['error spec.servers[0].tls']],
    ['for HTTP with a redirect', server('HTTP', { httpsRedirect: true }), []],
    [
      'for HTTPS with a redirect',
      server('HTTPS', { mode: 'SIMPLE', credentialName: 'a', httpsRedirect: true }),
      ['warning spec.servers[0].tls.httpsRedirect'],
    ],
    ['for HTTP with TLS', server('HTTP', { mode: 'SIMPLE', credentialName: 'a' }), ['error spec.servers[0].tls']],
    ['with a protocol of its own', server('QUIC'), ['error spec.servers[0].port.protocol']],
    [
      'with a key but no certificate',
      server('HTTPS', { mode: 'SIMPLE', privateKey: 'a' }),
      ['error spec.servers[0].tls.serverCertificate'],
    ],
    [
      'with mutual TLS but no CA',
      server('HTTPS', { mode: 'MUTUAL', serverCertificate: 'a', privateKey: 'b' }),
      ['error spec.servers[0].tls.caCertificates'],
    ],
    [
      'with two certificate sources',
      server('HTTPS', { mode: 'SIMPLE', credentialName: 'a', credentialNames: ['b'] }),
      ['error spec.servers[0].tls'],
    ],
    [
      'with its own certificate and the mesh’s',
      server('HTTPS', { mode: 'ISTIO_MUTUAL', credentialName: 'a' }),
      ['error spec.servers[0].tls.credentialName'],
    ],
    [
      'that passes TLS through, with a certificate',
      server('TLS', { credentialName: 'a' }),
      ['warning spec.servers[0].tls.credentialName'],
    ],
    [
      'with an unknown cipher suite',
      server('HTTPS', { mode: 'SIMPLE', credentialName: 'a', cipherSuites: ['ROT13'] }),
      ['warning spec.servers[0].tls.cipherSuites[0]'],
    ],
    [
      'with TLS 1.0',
      server('HTTPS', { mode: 'SIMPLE', credentialName: 'a', minProtocolVersion: 'TLSV1_0' }),
      ['warning spec.servers[0].tls.minProtocolVersion'],
    ],
    [
      'with a short host',
      { servers: [{ hosts: ['reviews'], port: { number: 80, name: 'p', protocol: 'HTTP' } }] },
      ['error spec.servers[0].hosts[0]'],
    ],
    [
      'with an IP address as host',
      { servers: [{ hosts: ['./10.0.0.1'], port: { number: 80, name: 'p', protocol: 'HTTP' } }] },
      [],
    ],
    [
      'with a port name twice',
      { servers: [...(server('HTTP').servers ?? []), ...(server('HTTP').servers ?? [])] },
      ['error spec.servers[1].port.name'],
    ],
  ])('%s', (_, spec, problems) => {
    expect(problemsOf('Gateway', spec)).toEqual(problems);
  });

  it('has a name without dots', () => {
    expect(problemsOf('Gateway', server('HTTP'), { metadata: { name: 'a.b' } })).toEqual(['error spec']);
  });
});
