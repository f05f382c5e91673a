import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { read, serviceEntry } from './read.ts';

/** Reads a hostile document between two good ones; both must survive. What does not come to an end runs into the test's timeout. */
function readBetween(hostile: string) {
  const result = read(`${serviceEntry('before')}---\n${hostile}\n---\n${serviceEntry('after')}`);
  // JSON is how results leave: it must stay small and must not overflow.
  const size = JSON.stringify(result.resources).length + JSON.stringify(result.diagnostics).length;
  return { ...result, size };
}

const entryWith = (spec: string): string => serviceEntry('hostile', spec).trimEnd();

describe('a hostile document', () => {
  const bomb = ['a: &a0 [x, x, x, x, x, x, x, x, x, x]']
    .concat(Array.from({ length: 12 }, (_, i) => `a${i}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`))
    .join('\n');
  const mergeBomb = [`m0: &m0 {${Array.from({ length: 200 }, (_, i) => `k${i}: 1`).join(', ')}}`]
    .concat(Array.from({ length: 200 }, (_, i) => `m${i + 1}: &m${i + 1} {<<: *m${i}, l${i}: 1}`))
    .join('\n');
  const chain = ['c0: &c0 {x: 1}']
    .concat(Array.from({ length: 5000 }, (_, i) => `c${i + 1}: &c${i + 1} {x: *c${i}}`))
    .join('\n');

  test.each([
    ['an alias bomb', bomb, 'alias-limit', 8],
    ['a bomb of merge keys', mergeBomb, 'alias-limit', undefined],
    ['a cycle', 'a: &a\n  b: *a', 'alias-limit', 8],
    ['a chain of aliases', chain, 'nesting-limit', 8],
    ['10,000 flow lists', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'nesting-limit', 8],
    ['10,000 JSON objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'nesting-limit', 8],
    ['unclosed flow maps', `a: ${'{'.repeat(10_000)}`, 'nesting-limit', 8],
    [
      '1,500 levels of block maps',
      Array.from({ length: 1500 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
      'nesting-limit',
      undefined,
    ],
    ['10,000 nested dashes', `${'- '.repeat(10_000)}x`, 'nesting-limit', 8],
    ['bytes that were not UTF-8', 'a: b\nc: \uFFFD\uFFFD', 'invalid-encoding', 9],
    ['a null byte', 'a: b\u0000c', 'yaml-syntax', undefined],
    ['a control character', 'a: b\u0007c', 'yaml-syntax', undefined],
    ['a lone surrogate', 'a: b\uD800c', 'yaml-syntax', undefined],
    ['tabs for indentation', 'a:\n\tb: c', 'yaml-syntax', undefined],
    ['a template that was not rendered', 'a: {{ .Values.a }}', 'yaml-syntax', 8],
    ['an unknown alias', 'a: *nobody', 'yaml-syntax', undefined],
    ['more text than anybody writes', `a: ${'x'.repeat(64 * 1024 * 1024)}`, 'size-limit', 8],
  ])('%s', (_, hostile, code, line) => {
    const { names, diagnostics, size } = readBetween(hostile);
    expect(names).toEqual(['before', 'after']);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    const range = diagnostics[0]?.range;
    expect(range?.line).toBeGreaterThanOrEqual(8);
    if (line !== undefined) expect(range?.line).toBe(line);
    expect(size).toBeLessThan(10_000);
  });

  test('aliases within reason are fine', () => {
    const { resources } = read(entryWith('hosts: &h [a.example.com]\nsubjectAltNames: *h'));
    expect(resources[0]?.spec).toEqual({ hosts: ['a.example.com'], subjectAltNames: ['a.example.com'] });
  });

  test('__proto__ and constructor are names like any other', () => {
    const { resources, diagnostics } = read(
      entryWith(
        '__proto__: {polluted: yes}\nconstructor: {prototype: {polluted: yes}}\nhosts: [a.b]\nendpoints:\n- {address: x, labels: {__proto__: own, constructor: mine}}',
      ),
    );
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(diagnostics.map(({ path }) => path)).toEqual(['spec.__proto__', 'spec.constructor']);
    const [resource] = resources;
    const labels = resource?.kind === 'ServiceEntry' ? resource.spec.endpoints?.[0]?.labels : undefined;
    expect(Object.entries(labels ?? {})).toEqual([
      ['__proto__', 'own'],
      ['constructor', 'mine'],
    ]);
    expect(resource?.spec).not.toHaveProperty('polluted');
  });

  test('__proto__ in JSON and in metadata', () => {
    const { resources } = read(
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","labels":{"__proto__":"own"}},"__proto__":{"spec":{"nodeName":"bad"}}}',
    );
    expect(Object.entries(resources[0]?.metadata.labels ?? {})).toEqual([['__proto__', 'own']]);
    expect(resources[0]?.spec).toEqual({});
  });

  test('a key given twice: the last counts, and it is reported', () => {
    const { resources, diagnostics } = read(entryWith('hosts: [a.b]\nhosts: [c.d]'));
    expect(resources[0]?.spec).toEqual({ hosts: ['c.d'] });
    expect(diagnostics).toMatchObject([
      { code: 'field-duplicate', severity: 'warning', range: { line: 7, column: 3 } },
    ]);
  });

  test('many wrong fields stay few diagnostics', () => {
    const { refused, diagnostics } = read(entryWith(`hosts: [${Array(50_000).fill('1').join(', ')}]`));
    expect(refused).toHaveLength(1);
    expect(diagnostics.length).toBeLessThanOrEqual(20);
  });
});

test('nothing throws, whatever the text', () => {
  const piece = fc.constantFrom(
    ...[
      '---\n',
      'apiVersion: v1\n',
      'kind: Service\n',
      'kind: List\n',
      'items:\n',
      '- ',
      '  ',
      '\n',
      '\r\n',
      '&a ',
      '*a',
    ],
    ...['{', '}', '[', ']', ': ', '"', "'", '|\n', '>\n', '<<: ', '!!int ', '# c', 'metadata: {name: x}\n', 'spec:\n'],
    ...['\t', '\0', '\uFEFF', '\uD800', '__proto__: ', '? ', '%YAML 1.1\n', '...\n', '@', 'y', '0x', 'null'],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (input) => {
      const { diagnostics, resources } = read(input);
      expect(JSON.parse(JSON.stringify({ diagnostics, resources }))).toEqual({ diagnostics, resources });
    }),
    { numRuns: 500 },
  );
});
