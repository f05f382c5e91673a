import { describe, expect, it } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import { groupDifferences } from '../../src/diff/group-differences.ts';
import { type Scenario, translate } from '../../src/index.ts';

const entry = (name: string, fields = 'resolution: DNS') => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${name}, namespace: default}
spec:
  hosts: [${name}.example.com]
  ports: [{number: 443, name: tls, protocol: TLS}, {number: 80, name: http, protocol: HTTP}]
  ${fields}
---
`;
const rule = (policy: string, host = '*.example.com') => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: rule, namespace: default}
spec: {host: "${host}", trafficPolicy: ${policy}}
---
`;
const routing = (http: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routing, namespace: default}
spec: {hosts: [a.example.com], http: [${http}]}
---
`;
const toA = 'route: [{destination: {host: a.example.com}}]';
const both = `${entry('a')}${entry('b')}`;

function said(before: string, after: string, [scenarioBefore, scenarioAfter]: readonly Scenario[] = []) {
  const differences = diff(translate(before, scenarioBefore), translate(after, scenarioAfter));
  return groupDifferences(differences).map(({ text }) => text);
}

describe('groupDifferences', () => {
  it('says what TLS means, and for how many clusters', () => {
    expect(said(both, both + rule('{tls: {mode: SIMPLE}}'))).toEqual(
      expect.arrayContaining(['4 clusters now originate TLS', '4 clusters now verify server certificates']),
    );
    expect(said(both, both + rule('{tls: {mode: SIMPLE, insecureSkipVerify: true}}'))).not.toContain(
      '4 clusters now verify server certificates',
    );
    const [plain, named] = ['{tls: {mode: SIMPLE}}', '{tls: {mode: SIMPLE, subjectAltNames: [x.org]}}'].map(
      (policy) => entry('a') + rule(policy),
    );
    expect(said(plain ?? '', named ?? '')).toEqual([
      '2 clusters now accept only certificates for x.org',
      '2 clusters no longer check that server certificates name the SNI',
    ]);
  });

  it('gives the values of what changed', () => {
    const pool = (tcp: string) => both + rule(`{connectionPool: {tcp: ${tcp}}}`);
    expect(said(pool('{connectTimeout: 3s}'), pool('{connectTimeout: 5s}'))).toEqual([
      '4 clusters wait 5s instead of 3s for a connection',
    ]);
    expect(said(pool('{maxConnections: 3}'), pool('{maxConnections: 5}'))).toEqual([
      '4 clusters open at most 5 connections instead of 3',
    ]);
  });

  it('says where endpoints come from', () => {
    const groups = said(entry('a'), entry('a', 'resolution: NONE'));
    expect(groups).toContain(
      '2 clusters take endpoints from the address that the application chose instead of all addresses in DNS',
    );
  });

  it('speaks of routes', () => {
    const [plain, slower, retried] = [toA, `${toA}, timeout: 5s`, `${toA}, retries: {attempts: 7}`].map(
      (rules) => entry('a') + routing(`{${rules}}`),
    );
    expect(said(plain ?? '', slower ?? '')).toContain('1 route configuration waits 5s instead of 0s for answers');
    expect(said(plain ?? '', retried ?? '')).toContain('1 route configuration retries differently');
  });

  it('names hosts that are new in a listener or a route configuration', () => {
    const groups = said(entry('a'), both);
    expect(groups).toContain('1 route configuration now serves b.example.com:80');
    expect(groups).toContain('1 listener now tells SNI b.example.com apart');
    expect(groups).toContain('2 clusters are new');
  });

  it('says what becomes of unknown hosts', () => {
    const blocked = { meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } };
    const groups = said(entry('a'), entry('a'), [{}, blocked]);
    expect(groups).toEqual([
      '3 listeners send connections that match nothing to the BlackHoleCluster instead of the PassthroughCluster',
      '1 route configuration blocks requests for unknown hosts instead of passing them',
    ]);
  });
});
