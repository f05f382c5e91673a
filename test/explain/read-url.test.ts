import { describe, expect, it } from 'vitest';
import { readUrl } from '../../src/explain/read-url.ts';

describe('readUrl', () => {
  it.each([
    ['http://a.example.com', { port: 80, protocol: 'http', host: 'a.example.com', path: '/' }],
    ['http://A.example.com:8080/x?y=1#z', { port: 8080, protocol: 'http', host: 'a.example.com:8080', path: '/x?y=1' }],
    ['http://a?q', { port: 80, protocol: 'http', host: 'a', path: '/?q' }],
    ['http2://a:81/', { port: 81, protocol: 'http2', host: 'a:81', path: '/' }],
    ['https://a/x', { port: 443, protocol: 'http', tls: 'tls', sni: 'a', host: 'a', path: '/x' }],
    ['https://192.0.2.1/', { port: 443, protocol: 'http', tls: 'tls', host: '192.0.2.1', path: '/' }],
    ['http://[2001:db8::1]:81/', { port: 81, protocol: 'http', host: '[2001:db8::1]:81', path: '/' }],
    ['tcp://10.0.0.5:5432', { port: 5432, protocol: 'tcp' }],
    ['tls://db:5432', { port: 5432, protocol: 'tcp', tls: 'tls', sni: 'db' }],
  ])('%s', (url, request) => {
    expect(readUrl(url)).toMatchObject({ request });
    expect('request' in readUrl(url) && Object.keys(readUrl(url)).length).toBe(4);
  });

  it.each(['a.example.com', 'ftp://a', 'tcp://a', 'http://a:0', 'http://a:70000', ''])('refuses "%s"', (url) => {
    expect(readUrl(url)).toHaveProperty('problem');
  });
});
