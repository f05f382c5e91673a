import { describe, expect, it } from 'vitest';
import { narrowFilterChains, type Target } from '../../src/explain/filter-chains/narrow-filter-chains.ts';
import { mismatchOfHeader } from '../../src/explain/http/match-header.ts';
import { readParameters } from '../../src/explain/http/match-query.ts';
import { mismatchOf } from '../../src/explain/http/match-route.ts';
import { normalizePath } from '../../src/explain/http/normalize-path.ts';
import { redirectLocation } from '../../src/explain/http/redirect-location.ts';
import type { FilterChainMatch, RouteMatch } from '../../src/xds/types.ts';

const request = (path: string, query?: string) => ({
  authority: 'a.example.com',
  method: 'GET',
  scheme: 'http' as const,
  path,
  ...(query !== undefined && { query }),
  headers: new Map([['x-user', 'jason']]),
});

describe('routes', () => {
  it.each<[RouteMatch, string, boolean]>([
    [{ path: '/a' }, '/a', true],
    [{ path: '/a' }, '/A', false],
    [{ path: '/a', caseSensitive: false }, '/A', true],
    [{ prefix: '/a' }, '/ab', true],
    [{ pathSeparatedPrefix: '/a' }, '/ab', false],
    [{ pathSeparatedPrefix: '/a' }, '/a/b', true],
    [{ pathSeparatedPrefix: '/a' }, '/a', true],
    [{ safeRegex: { regex: '/a' } }, '/ab', false],
    [{ safeRegex: { regex: '/a.*' } }, '/ab', true],
    // RE2 has no backreferences: Envoy would not load such a route.
    [{ safeRegex: { regex: '(a)\\1' } }, '/aa', false],
  ])('%j and %s: %s', (match, path, matches) => {
    expect(mismatchOf(match, request(path), {}) === undefined).toBe(matches);
  });

  it('run expressions that would keep a backtracking engine busy for ever', () => {
    const match = { safeRegex: { regex: '(a+)+b' } };
    expect(mismatchOf(match, request(`/${'a'.repeat(5000)}`), {})).toMatch(/expression/);
  });

  it('take the first value of a query parameter, as it is written', () => {
    expect([...readParameters('a=1&a=2&b&c=%20')]).toEqual([
      ['a', '1'],
      ['b', ''],
      ['c', '%20'],
    ]);
  });

  it.each([
    [{ name: 'x-user', stringMatch: { exact: 'jason' } }, true],
    [{ name: 'X-User', stringMatch: { exact: 'jason' }, invertMatch: true }, false],
    [{ name: 'x-none', stringMatch: { exact: 'jason' }, invertMatch: true }, false],
    [{ name: 'x-none', presentMatch: false }, true],
    [{ name: 'x-none', presentMatch: true, invertMatch: true }, true],
    [{ name: 'x-none', stringMatch: { exact: '' }, treatMissingHeaderAsEmpty: true }, true],
    [{ name: 'x-user', stringMatch: { safeRegex: { regex: 'jas' } } }, false],
  ])('header %j: %s', (matcher, matches) => {
    expect(mismatchOfHeader(matcher, request('/').headers) === undefined).toBe(matches);
  });

  it.each([
    ['/a/../b/./c', '/b/c'],
    ['/%61/..', '/'],
    ['/a//b', '/a//b'],
    ['/a%2Fb', '/a%2Fb'],
  ])('see the path %s as %s', (raw, path) => {
    expect(normalizePath(raw, { statPrefix: '', normalizePath: true })).toBe(path);
  });

  it('redirect with the rest of the path and the query', () => {
    const match = { prefix: '/old' };
    const redirect = { prefixRewrite: '/new', httpsRedirect: true };
    expect(redirectLocation(redirect, match, request('/old/x', 'q=1'))).toBe('https://a.example.com/new/x?q=1');
  });
});

describe('filter chains', () => {
  const select = (matches: readonly FilterChainMatch[], target: Partial<Target> & Partial<Target['detected']>) => {
    const { address = '192.0.2.1', port = 443, ...detected } = target;
    return narrowFilterChains(
      matches.map((filterChainMatch, index) => ({ index, chain: { filterChainMatch } })),
      { address, port, detected: { transportProtocol: 'raw_buffer', applicationProtocols: [], ...detected } },
    ).chosen?.index;
  };

  it('take the longest address range', () => {
    const ranges = [{}, { prefixRanges: [{ addressPrefix: '192.0.2.0', prefixLen: 24 }] }];
    expect(select(ranges, {})).toBe(1);
    expect(select(ranges, { address: '198.51.100.1' })).toBe(0);
  });

  it('do not come back to another port', () => {
    expect(select([{ destinationPort: 443, transportProtocol: 'tls' }, {}], {})).toBeUndefined();
  });

  it('know server names, then their wildcards from the longest on', () => {
    const names = [{ serverNames: ['*.example.com'] }, { serverNames: ['*.a.example.com', 'b.example.com'] }, {}];
    expect(select(names, { serverName: 'x.a.example.com' })).toBe(1);
    expect(select(names, { serverName: 'b.example.com' })).toBe(1);
    expect(select(names, { serverName: 'c.example.com' })).toBe(0);
    expect(select(names, { serverName: 'example.org' })).toBe(2);
    expect(select(names, {})).toBe(2);
  });

  it('prefer the application protocol that the client names first', () => {
    const protocols = [{ applicationProtocols: ['http/1.1'] }, { applicationProtocols: ['h2'] }, {}];
    expect(select(protocols, { applicationProtocols: ['h2', 'http/1.1'] })).toBe(1);
    expect(select(protocols, { applicationProtocols: ['spdy'] })).toBe(2);
  });
});
