import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Translation, translate } from '../../src/index.ts';
import { manifestsOf, mesh } from '../arbitraries/mesh.ts';

const runs = { numRuns: 60 };
const bytes = (translation: Translation) => JSON.stringify(translation);
const captured = { proxy: { metadata: { DNS_CAPTURE: 'true' } } };

describe('translate', () => {
  it('gives the same bytes for the same input, and does not change it', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const scenario = Object.freeze({ proxy: Object.freeze({ namespace: 'default' }) });
        const manifests = Object.freeze([Object.freeze({ file: 'a.yaml', text: manifestsOf(resources) })]);
        expect(bytes(translate(manifests, scenario))).toBe(bytes(translate(manifests, scenario)));
      }),
      runs,
    );
  });

  it('does not depend on the order of the documents', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const forth = translate(manifestsOf(resources), captured);
        const back = translate(manifestsOf([...resources].reverse()), captured);
        for (const section of [
          'clusters',
          'listeners',
          'routes',
          'endpoints',
          'nameTable',
          'allocatedAddresses',
        ] as const) {
          expect(back[section]).toEqual(forth[section]);
        }
      }),
      runs,
    );
  });

  it('names every resource once, and every domain and filter chain match once', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const { clusters, listeners, routes } = translate(manifestsOf(resources));
        for (const section of [clusters, listeners, routes]) expectUnique(section.map(({ name }) => name));
        for (const { virtualHosts = [] } of routes) {
          expectUnique(virtualHosts.map(({ name }) => name));
          expectUnique(virtualHosts.flatMap(({ domains }) => domains));
        }
        for (const { filterChains = [] } of listeners) {
          expectUnique(filterChains.map(({ filterChainMatch }) => JSON.stringify(filterChainMatch ?? {})));
        }
      }),
      runs,
    );
  });

  it('names no cluster that does not exist without a diagnostic', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const { clusters, routes, diagnostics } = translate(manifestsOf(resources));
        const known = new Set(clusters.map(({ name }) => name));
        const wanted = routes.flatMap(({ virtualHosts = [] }) =>
          virtualHosts.flatMap(({ routes: list = [] }) =>
            list.flatMap(({ route }) => (route?.cluster ? [route.cluster] : [])),
          ),
        );
        const reported = diagnostics.filter(({ code }) => code === 'unknown-destination').map(({ message }) => message);
        for (const name of wanted.filter((cluster) => !known.has(cluster))) {
          expect(reported.some((message) => message.includes(name))).toBe(true);
        }
      }),
      runs,
    );
  });

  it('allocates unique addresses in range, which later entries do not move', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const entries = resources.filter(({ kind }) => kind === 'ServiceEntry');
        const before = translate(manifestsOf(entries.slice(0, -1))).allocatedAddresses;
        const after = translate(manifestsOf(entries)).allocatedAddresses;
        const all = Object.values(after).flatMap((hosts) => Object.values(hosts).flat());
        expectUnique(all);
        for (const address of all) expect(address).toMatch(/^(240\.240\.\d+\.\d+|2001:2::[0-9a-f:]+)$/);
        for (const [entry, hosts] of Object.entries(before)) expect(after[entry]).toEqual(hosts);
      }),
      runs,
    );
  });

  it('shows a proxy nothing of an entry that is not exported to its namespace', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const hidden = {
          apiVersion: 'networking.istio.io/v1',
          kind: 'ServiceEntry',
          // The youngest: it takes no address from the others.
          metadata: { name: 'hidden', namespace: 'elsewhere', creationTimestamp: '2025-01-01T00:00:00Z' },
          spec: {
            hosts: ['hidden.example.com'],
            ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
            resolution: 'DNS',
            exportTo: ['.'],
          },
        };
        const without = translate(manifestsOf(resources));
        const withIt = translate(manifestsOf([...resources, hidden]));
        for (const section of ['clusters', 'listeners', 'routes', 'endpoints', 'nameTable'] as const) {
          expect(withIt[section]).toEqual(without[section]);
        }
      }),
      runs,
    );
  });

  it('freezes what resources share', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const { clusters, listeners, routes, endpoints } = translate(manifestsOf(resources));
        const owner = new Map<object, object>();
        for (const resource of [...clusters, ...listeners, ...routes, ...endpoints]) {
          for (const part of partsOf(resource)) {
            const first = owner.get(part);
            if (first !== undefined && first !== resource)
              expect(Object.isFrozen(part), JSON.stringify(part)).toBe(true);
            owner.set(part, resource);
          }
        }
      }),
      runs,
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => void translate(text)),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(
        fc.json(),
        fc.constantFrom('ServiceEntry', 'DestinationRule', 'VirtualService', 'Sidecar'),
        (spec, kind) => {
          translate(
            `{"apiVersion": "networking.istio.io/v1", "kind": "${kind}", "metadata": {"name": "a"}, "spec": ${spec}}`,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('bad input', () => {
  const good = manifestsOf([
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name: 'good' },
      spec: { hosts: ['good.example.com'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'DNS' },
    },
  ]);
  const entry = (spec: string) =>
    `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: bad}\nspec: ${spec}`;
  const bombs = Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`);
  const ports = 'ports: [{number: 80, name: http, protocol: HTTP}]';

  it.each([
    ['an unknown enum value', entry(`{hosts: [a.example.com], ${ports}, resolution: SOMETIMES}`), 'field-type'],
    ['a wrong type', entry(`{hosts: {}, ${ports}, resolution: DNS}`), 'field-type'],
    ['a missing host', entry(`{${ports}, resolution: DNS}`), 'resource-refused'],
    ['a broken document', 'a: [1\nb: }', 'yaml-syntax'],
    ['an alias bomb', `a0: &a0 [1]\n${bombs.join('\n')}`, 'alias-limit'],
    ['10,000 levels', '['.repeat(10_000), 'nesting-limit'],
    ['invalid UTF-8', entry(`{hosts: ["a\uFFFD.example.com"], ${ports}, resolution: DNS}`), undefined],
    [
      '__proto__ as a key',
      entry(`{hosts: [a.example.com], ${ports}, resolution: DNS, __proto__: {polluted: true}}`),
      undefined,
    ],
  ])('%s gives a diagnostic with a position, and the rest is translated', (_, bad, code) => {
    const { clusters, diagnostics } = translate([
      { file: 'in.yaml', text: `${good}\n---\n${bad}\n---\n${good.replaceAll('good', 'fine')}` },
    ]);
    const names = clusters.map(({ name }) => name);
    expect(names).toContain('outbound|80||good.example.com');
    expect(names).toContain('outbound|80||fine.example.com');
    expect(diagnostics.length).toBeGreaterThan(0);
    if (code) expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    for (const { range } of diagnostics)
      expect(range).toMatchObject({ file: 'in.yaml', line: expect.any(Number), column: expect.any(Number) });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

function expectUnique(values: readonly (string | undefined)[]): void {
  expect(new Set(values).size).toBe(values.length);
}

/** Every object and list inside a value, the value itself left out. */
function partsOf(value: object): readonly object[] {
  return Object.values(value)
    .filter((inner): inner is object => typeof inner === 'object' && inner !== null)
    .flatMap((inner) => [inner, ...partsOf(inner)]);
}
