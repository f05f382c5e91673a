import { describe, expect, it } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import { translate } from '../../src/index.ts';
import { type CauseOptions, findCauses } from '../../src/influence/find-causes.ts';

const entry = (name: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${name}, namespace: default}
spec:
  hosts: [${name}.example.com]
  ports:
  - {number: 443, name: tls, protocol: TLS}
  resolution: DNS
`;
const rule = (policy: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: rule, namespace: default}
spec:
  host: a.example.com
  trafficPolicy:
    ${policy}
`;
const join = (...documents: readonly string[]) => documents.join('---\n');

function causesOf(before: string, after: string, limits: CauseOptions = {}) {
  const differences = diff(translate(before), translate(after));
  const causes = findCauses(differences, after, {}, limits);
  return [...causes].map(([of, { path, range }]) => [
    'path' in of ? of.path.slice(2).join('.') : `${of.kind} ${of.name}`,
    `${range?.line} ${path}`,
  ]);
}

describe('findCauses', () => {
  it('finds the field that changed, though others shape the output too', () => {
    const pool = (timeout: string) => join(entry('a'), rule(`connectionPool: {tcp: {connectTimeout: ${timeout}}}`));
    expect(causesOf(pool('3s'), pool('5s'))).toEqual([
      ['connectTimeout', '16 spec.trafficPolicy.connectionPool.tcp.connectTimeout'],
    ]);
  });

  it('finds the field that is new', () => {
    const [before, after] = ['tls: {mode: SIMPLE}', 'tls: {mode: SIMPLE, sni: x.org}'].map((policy) =>
      join(entry('a'), rule(policy)),
    );
    expect(causesOf(before ?? '', after ?? '')).toContainEqual([
      'transportSocket.typedConfig.sni',
      '16 spec.trafficPolicy.tls.sni',
    ]);
  });

  it('finds what brings a resource, and what keeps one out', () => {
    const causes = causesOf(entry('a'), join(entry('a'), entry('b')));
    expect(causes.find(([of]) => of === 'added outbound|443||b.example.com')?.[1]).toMatch(/^1[2-9] /);
    const hidden = entry('a').replace('resolution: DNS', 'resolution: DNS\n  exportTo: [other]');
    expect(causesOf(entry('a'), hidden)).toContainEqual(['removed outbound|443||a.example.com', '9 spec.exportTo[0]']);
  });

  it('names nothing where too much could be behind it', () => {
    expect(causesOf(entry('a'), join(entry('a'), entry('b')), { maximumFields: 3 })).toEqual([]);
    expect(causesOf(entry('a'), join(entry('a'), entry('b')), { maximumObjects: 1 })).toEqual([]);
  });
});
