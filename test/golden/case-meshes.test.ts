import { describe, expect, it } from 'vitest';
import { CaseMeshes } from '../../src/golden/case-meshes.ts';
import type { Manifest } from '../../src/manifests/manifest.ts';
import { translate } from '../../src/translate.ts';

const entry = (name: string, host = `${name}.example.com`): Manifest => ({
  file: `input/${name}.yaml`,
  text: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name} }
spec:
  hosts: [${host}]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
`,
});

describe('the meshes of cases', () => {
  it('follow the files of a case: changed, removed, new at the end and in between', () => {
    const meshes = new CaseMeshes();
    const looks = [
      [entry('a'), entry('c')],
      [entry('a', 'other.example.com'), entry('c')],
      [entry('a'), entry('b', 'c.example.com'), entry('c')],
      [entry('c'), entry('d')],
      [],
    ];
    for (const manifests of looks) {
      const view = meshes.meshOf({ folder: 'case', manifests, views: [] }).view();
      expect(JSON.stringify(view)).toBe(JSON.stringify(translate(manifests)));
    }
  });

  it('share what did not change', () => {
    const meshes = new CaseMeshes();
    const look = (host: string) =>
      meshes.meshOf({ folder: 'case', manifests: [entry('a', host), entry('b')], views: [] }).view();
    const [before, after] = [look('one.example.com'), look('two.example.com')];
    const clusterOf = ({ clusters }: typeof before, host: string) =>
      clusters.find(({ name }) => name.endsWith(`||${host}`));
    expect(clusterOf(after, 'b.example.com')).toBeDefined();
    expect(clusterOf(after, 'b.example.com')).toBe(clusterOf(before, 'b.example.com'));
  });
});
