import { describe, expect, test } from 'vitest';
import { read, serviceEntry } from './read.ts';

describe('streams', () => {
  test('several documents, empty ones and ones with only comments', () => {
    const text = `---\n# nothing here\n---\n${serviceEntry('a')}---\n\n--- # next\n${serviceEntry('b')}---\n`;
    const { names, diagnostics, resources } = read(text);
    expect(names).toEqual(['a', 'b']);
    expect(diagnostics).toEqual([]);
    expect(resources[1]?.source.firstLine).toBe(13);
  });

  test('Windows line ends and a byte order mark change nothing', () => {
    const text = `${serviceEntry('a')}---\n${serviceEntry('b', 'hosts: [b.example.com]\nexportTo: ["."]')}`;
    const plain = read(text);
    const windows = read(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
    expect(windows.resources.map(({ source, ...rest }) => rest)).toEqual(
      plain.resources.map(({ source, ...rest }) => rest),
    );
    expect(windows.diagnostics).toEqual([]);
  });

  test('several files, in order', () => {
    const { names, resources } = read([
      { file: 'one.yaml', text: serviceEntry('a') },
      { file: 'two.yaml', text: serviceEntry('b') },
    ]);
    expect(names).toEqual(['a', 'b']);
    expect(resources.map(({ source }) => source.file)).toEqual(['one.yaml', 'two.yaml']);
  });

  test('a broken document does not take its neighbours with it', () => {
    const { names, diagnostics } = read(`${serviceEntry('a')}---\nkind: [\n---\n${serviceEntry('b')}`);
    expect(names).toEqual(['a', 'b']);
    expect(diagnostics).toMatchObject([{ code: 'yaml-syntax', severity: 'error', range: { file: '<input>' } }]);
    expect(diagnostics[0]?.range?.line).toBeGreaterThanOrEqual(8);
    expect(diagnostics[0]?.range?.line).toBeLessThanOrEqual(9);
  });

  test('text behind a separator is refused, as by kubectl', () => {
    const { names, diagnostics } = read(`${serviceEntry('a')}--- text\n${serviceEntry('b')}`);
    expect(names).toEqual(['a']);
    expect(diagnostics).toMatchObject([{ code: 'yaml-syntax', range: { line: 7, column: 4 } }]);
  });

  test('nothing at all', () => {
    expect(read('')).toMatchObject({ resources: [], refused: [], diagnostics: [] });
    expect(read([])).toMatchObject({ resources: [], refused: [], diagnostics: [] });
  });
});

describe('JSON', () => {
  const entry = (name: string) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name },
    spec: { hosts: ['a.example.com'] },
  });

  test('is read like YAML, with tabs too', () => {
    expect(read(JSON.stringify(entry('a'), null, '\t')).names).toEqual(['a']);
  });

  test('objects may follow each other in one stream', () => {
    const { names, resources, diagnostics } = read(`${JSON.stringify(entry('a{'))}\n${JSON.stringify(entry('b'))}`);
    expect(names).toEqual(['a{', 'b']);
    expect(resources[1]?.source.firstLine).toBe(2);
    expect(diagnostics).toEqual([]);
  });

  test('broken JSON gets one diagnostic with a position', () => {
    const { diagnostics } = read('{"kind": "ServiceEntry",\n "spec": }');
    expect(diagnostics).toMatchObject([{ severity: 'error' }]);
    expect(diagnostics[0]?.range).toBeDefined();
  });
});

describe('lists', () => {
  const items = serviceEntry('a').replace(/^/gm, '    ').replace('    ', '  - ').trimEnd();

  test('kind: List', () => {
    const { names, resources } = read(`apiVersion: v1\nkind: List\nitems:\n${items}\n`);
    expect(names).toEqual(['a']);
    expect(resources[0]?.source.path).toEqual(['items', 0]);
  });

  test('the items of a typed list take its kind', () => {
    const { names } = read(
      'apiVersion: networking.istio.io/v1\nkind: ServiceEntryList\nitems:\n- {metadata: {name: a}, spec: {hosts: [x.y]}}\n',
    );
    expect(names).toEqual(['a']);
  });

  test('one refused item leaves the others', () => {
    const { names, refused, diagnostics } = read(
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: a}, spec: {hosts: 5}}\n- {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: b}}\n',
    );
    expect(names).toEqual(['b']);
    expect(refused).toMatchObject([{ kind: 'ServiceEntry', namespace: 'default', name: 'a' }]);
    expect(diagnostics).toMatchObject([{ code: 'field-type', path: 'spec.hosts', range: { line: 4 } }]);
  });
});

describe('kinds', () => {
  test.each(['v1', 'v1beta1', 'v1alpha3'])('networking.istio.io/%s', (version) => {
    expect(read(serviceEntry('a').replace('/v1', `/${version}`)).names).toEqual(['a']);
  });

  test('Istio’s Gateway and Kubernetes’ are different kinds', () => {
    const gateway = (apiVersion: string) => `apiVersion: ${apiVersion}\nkind: Gateway\nmetadata: {name: g}\n`;
    const { resources } = read(`${gateway('networking.istio.io/v1')}---\n${gateway('gateway.networking.k8s.io/v1')}`);
    expect(resources.map(({ kind }) => kind)).toEqual(['Gateway', 'KubernetesGateway']);
  });

  test('an EndpointSlice has its fields beside metadata', () => {
    const { resources, diagnostics } = read(
      'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: s}\naddressType: IPv4\nports: [{port: 80}]\nendpoints: [{addresses: [10.0.0.1]}]\n',
    );
    expect(resources[0]?.spec).toEqual({
      addressType: 'IPv4',
      ports: [{ port: 80 }],
      endpoints: [{ addresses: ['10.0.0.1'] }],
    });
    expect(diagnostics).toEqual([]);
  });

  test('what is not simulated is named once each, louder where it changes what a proxy gets', () => {
    const { resources, diagnostics } = read(
      [
        'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: other}\n',
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n',
        'apiVersion: networking.istio.io/v2\nkind: ServiceEntry\nmetadata: {name: e}\n',
      ].join('---\n'),
    );
    expect(resources).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        code: 'not-simulated',
        severity: 'warning',
        resource: { kind: 'AuthorizationPolicy', namespace: 'other', name: 'p' },
        range: { line: 2, column: 7 },
      },
      { code: 'not-simulated', severity: 'info', resource: { kind: 'Deployment', name: 'd' } },
      { code: 'not-simulated', severity: 'warning', message: expect.stringContaining('use v1, v1beta1, v1alpha3') },
    ]);
  });

  test.each([
    ['apps/v1', 'Deployment', true],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', true],
    ['networking.istio.io/v1beta1', 'WorkloadGroup', true],
    ['multicluster.x-k8s.io/v1alpha1', 'ServiceImport', true],
    ['cert-manager.io/v1', 'Certificate', false],
    ['config.istio.io/v1alpha2', 'QuotaSpec', false],
    ['networking.istio.io/v1alpha2', 'ServiceEntry', false],
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization', false],
  ])('%s %s: a cluster with Istio alone serves it: %s', (apiVersion, kind, served) => {
    const { refused } = read(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: resource}\n`);
    expect(refused.map(({ name }) => name)).toEqual(served ? [] : ['resource']);
  });

  test.each([
    ['just text', 'not a map'],
    ['[a, b]', 'not a map'],
    ['kind: ServiceEntry', 'apiVersion is missing'],
    ['apiVersion: v1', 'kind is missing'],
  ])('%s is no resource', (text, reason) => {
    expect(read(text).diagnostics).toMatchObject([
      { code: 'not-a-resource', severity: 'error', message: expect.stringContaining(reason) },
    ]);
  });
});

describe('metadata', () => {
  test('defaults', () => {
    const [resource] = read(serviceEntry('a')).resources;
    expect(resource?.metadata).toEqual({
      name: 'a',
      namespace: 'default',
      labels: {},
      annotations: {},
      creationTime: Date.UTC(2024, 0, 1),
    });
  });

  test('as given; cluster-scoped kinds have no namespace', () => {
    const { resources } = read(
      'apiVersion: v1\nkind: Node\nmetadata: {name: worker, namespace: x, labels: {a: b}, annotations: {c: d}, creationTimestamp: "2024-05-06T07:08:09Z"}\n',
    );
    expect(resources[0]?.metadata).toEqual({
      name: 'worker',
      namespace: '',
      labels: { a: 'b' },
      annotations: { c: 'd' },
      creationTime: Date.UTC(2024, 4, 6, 7, 8, 9),
    });
  });

  test('a resource without a name is refused', () => {
    const { resources, refused, diagnostics } = read('apiVersion: v1\nkind: Service\nmetadata: {}\n');
    expect(resources).toEqual([]);
    expect(refused).toMatchObject([{ kind: 'Service', namespace: 'default', name: '' }]);
    expect(diagnostics).toMatchObject([{ code: 'field-type', path: 'metadata.name' }]);
  });

  test('labels are text', () => {
    const { refused } = read('apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {version: 1}}\n');
    expect(refused).toMatchObject([
      { kind: 'Pod', name: 'p', message: expect.stringContaining('metadata.labels.version') },
    ]);
  });
});
