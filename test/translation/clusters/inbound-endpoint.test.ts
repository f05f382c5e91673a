import { describe, expect, it } from 'vitest';
import type { Proxy } from '../../../src/model/proxy.ts';
import { ingressEndpoint } from '../../../src/translation/clusters/inbound-endpoint.ts';

const proxyWith = (ipMode: Proxy['ipMode'], ...ips: [string, ...string[]]): Proxy =>
  ({ ips, ipMode }) as unknown as Proxy;
const ipv4 = proxyWith('IPv4', '10.0.0.1');
const ipv6 = proxyWith('IPv6', '2001:db8::1');

describe('ingressEndpoint', () => {
  it.each([
    ['127.0.0.1:8080', ipv4, { kind: 'socket', address: '127.0.0.1', port: 8080 }],
    ['127.0.0.1:8080', ipv6, { kind: 'socket', address: '::1', port: 8080 }],
    ['[::1]:8080', ipv4, { kind: 'socket', address: '127.0.0.1', port: 8080 }],
    ['0.0.0.0:80', ipv4, { kind: 'socket', address: '10.0.0.1', port: 80 }],
    ['0.0.0.0:80', ipv6, { kind: 'socket', address: '127.0.0.1', port: 80 }],
    ['[::]:80', ipv6, { kind: 'socket', address: '2001:db8::1', port: 80 }],
    ['unix:///var/run/app.sock', ipv4, { kind: 'pipe', path: '/var/run/app.sock' }],
    ['', ipv4, undefined],
    ['192.0.2.1:80', ipv4, undefined],
    ['nonsense', ipv4, 'invalid'],
  ])('%s', (defaultEndpoint, proxy, endpoint) => {
    expect(ingressEndpoint(defaultEndpoint, proxy)).toEqual(endpoint);
  });
});
