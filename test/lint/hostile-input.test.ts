import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../src/index.ts';

/** What does not come to an end runs into the test's timeout. */
function codesOf(text: string): readonly string[] {
  return lint([{ file: 'hostile.yaml', text }]).map(({ code }) => code);
}

const virtualService = (match: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: v }
spec:
  hosts: [a.example.com]
  http:
  - match:
    - ${match}
    route:
    - destination: { host: a.example.com }
`;

const entry = (name: string): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: ${name}
spec:
  hosts: [a.example.com]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: DNS
`;

describe('hostile input', () => {
  it('an alias bomb is left out', () => {
    const levels = Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`);
    expect(codesOf(`a0: &a0 x\n${levels.join('\n')}\n`)).toEqual(['alias-limit']);
  });

  it.each([
    ['flow lists', '['.repeat(100_000)],
    ['flow maps', '{a: '.repeat(100_000)],
    ['block lists', '- '.repeat(100_000)],
    ['JSON', `${'[[{"a":'.repeat(30_000)}1`],
    ['a resource', `${entry('deep')}  exportTo: ${'['.repeat(5_000)}${']'.repeat(5_000)}\n`],
  ])('deep nesting of %s is left out', (_, text) => {
    const [code] = codesOf(text);
    expect(['nesting-limit', 'yaml-syntax', 'field-type']).toContain(code);
  });

  it.each([
    ['letters', 'x'.repeat(20_000_000)],
    ['colons', ': '.repeat(10_000_000)],
    ['lines', 'a\n'.repeat(10_000_000)],
    ['separators', '---\n'.repeat(5_000_000)],
    ['quotes', '"'.repeat(20_000_000)],
    ['control characters', '\u0000\u0007'.repeat(10_000_000)],
  ])('20 MB of %s come to an end', { timeout: 120_000 }, (_, text) => {
    expect(codesOf(text).length).toBeLessThan(10_000_000);
  });

  it.each([
    `uri: { regex: '(a+)+$' }`,
    `uri: { regex: '((((((((((a*)*)*)*)*)*)*)*)*)*)*b' }`,
    `headers: { x: { regex: '${'(x{1,1000}){1,1000}'.repeat(10)}' } }`,
    `uri: { regex: '${'a?'.repeat(5_000)}${'a'.repeat(5_000)}' }`,
    `uri: { regex: '[' }`,
  ])('a regular expression made to explode does not: %#', (match) => {
    expect(codesOf(`${entry('a')}---\n${virtualService(match)}`)).toBeDefined();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a name like others', (name) => {
    const text = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, labels: { ${name}: ${name} }, annotations: { ${name}: x } }
spec:
  host: ${name}.example.com
  ${name}: { polluted: true }
  subsets:
  - name: ${name.toLowerCase().replace(/_/g, 'p')}
    labels: { ${name}: ${name} }
  trafficPolicy:
    ${name}: x
    loadBalancer: { localityLbSetting: { distribute: [{ from: 'a/*', to: { ${name}: 100 } }] } }
`;
    codesOf(`${entry('a')}---\n${text}---\n${JSON.stringify({ kind: name, apiVersion: name, metadata: { name } })}`);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('thousands of resources that all collide come to an end', { timeout: 120_000 }, () => {
    const resources = Array.from({ length: 600 }, (_, i) =>
      [entry(`e${i}`), virtualService('uri: { prefix: / }').replace('name: v', `name: v${i}`)].join('---\n'),
    );
    expect(codesOf(resources.join('---\n')).length).toBeGreaterThan(1000);
  });

  it('an annotation of 200,000 codes is read once', () => {
    const codes = Array.from({ length: 200_000 }, (_, i) => `c${i}`).join(',');
    const text = entry('a').replace('metadata:', `metadata:\n  annotations: { xdsim.dev/ignore: '${codes}' }`);
    expect(codesOf(text).length).toBe(200_000);
  });

  it('random documents never make it throw', { timeout: 120_000 }, () => {
    const word = fc.constantFrom(
      'apiVersion',
      'kind',
      'spec',
      'hosts',
      'ports',
      'http',
      'route',
      '-',
      ':',
      '{',
      '[',
      '&a',
      '*a',
      '|',
      '>',
      '---',
      '!!binary',
      '0x1',
      '~',
      '"',
      "'",
      '\t',
      '#',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(fc.tuple(word, fc.constantFrom(' ', '\n', '\n  ', '\n    ')), { maxLength: 60 })
        .map((words) => words.flat().join('')),
      fc.json({ maxDepth: 6 }),
    );
    fc.assert(
      fc.property(text, (given) => {
        for (const { message, code, range } of lint([{ file: 'random', text: given }])) {
          expect(message).not.toBe('');
          expect(code).not.toBe('');
          if (range) expect(range.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
