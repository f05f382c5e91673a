import { describe, expect, test } from 'vitest';
import { keepLatest } from '../../src/manifests/keep-latest.ts';
import { locateDiagnostics } from '../../src/manifests/locate-diagnostics.ts';
import { rangeOf } from '../../src/manifests/source-range.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { read, serviceEntry } from './read.ts';

const text = `${serviceEntry('first')}---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: second
  labels: {on: "x", app.kubernetes.io/name: shop}
spec:
  hosts: &hosts
  - a.example.com
  subjectAltNames: *hosts
  export_to: ["."]
`;
const second = read(text).resources[1];

describe('rangeOf', () => {
  test.each([
    ['spec.hosts[0]', 'a.example.com'],
    ['spec.subjectAltNames[0]', 'a.example.com'],
    ['metadata.labels["app.kubernetes.io/name"]', 'shop'],
    ['metadata.labels.true', '"x"'],
    ['spec.exportTo[0]', '"."'],
    ['metadata.name', 'second'],
  ])('%s', (path, covered) => {
    if (second === undefined) throw new Error('the second resource was not read');
    const { line, column, endLine, endColumn } = rangeOf(second.source, { path });
    expect(endLine).toBe(line);
    expect(text.split('\n')[line - 1]?.slice(column - 1, endColumn - 1)).toBe(covered);
  });

  test('an absent field gives the nearest one above it', () => {
    if (second === undefined) throw new Error('the second resource was not read');
    expect(rangeOf(second.source, { path: 'spec.hosts[7].x' })).toMatchObject({ line: 14, column: 3, endColumn: 8 });
    expect(rangeOf(second.source, { path: 'spec.ports[0].number' })).toMatchObject({ line: 13, column: 1 });
  });

  test('inside a list', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: p\n';
    const [pod] = read([{ file: 'list.yaml', text: list }]).resources;
    expect(pod && rangeOf(pod.source, { path: 'metadata.name' })).toEqual({
      file: 'list.yaml',
      line: 7,
      column: 11,
      endLine: 7,
      endColumn: 12,
    });
  });
});

test('diagnostics of other stages get their range when it is read', () => {
  const diagnostic: Diagnostic = {
    code: 'resource-refused',
    severity: 'error',
    message: 'a.example.com will not do',
    resource: { kind: 'ServiceEntry', namespace: 'default', name: 'second' },
    path: 'spec.hosts[0]',
  };
  const nameless: Diagnostic = { code: 'scenario-invalid', severity: 'error', message: 'no resource' };
  const located = locateDiagnostics([diagnostic, nameless], read(text).resources);
  expect(located[0]?.range).toMatchObject({ line: 15, column: 5 });
  expect(located[1]).toEqual(nameless);
});

test('of two resources with one name the later counts', () => {
  const { resources } = read(
    [serviceEntry('a', 'hosts: [one]'), serviceEntry('b'), serviceEntry('a', 'hosts: [two]')].join('---\n'),
  );
  const diagnostics: Diagnostic[] = [];
  const kept = keepLatest(resources, (diagnostic) => diagnostics.push(diagnostic));
  expect(kept.map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
    ['a', { hosts: ['two'] }],
    ['b', { hosts: ['a.example.com'] }],
  ]);
  expect(diagnostics).toMatchObject([
    { code: 'resource-duplicate', range: { line: 18 }, related: [{ range: { line: 4 } }] },
  ]);
});
