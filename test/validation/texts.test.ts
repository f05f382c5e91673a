import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { celProblem } from '../../src/validation/cel/cel-problem.ts';
import { durationProblem } from '../../src/validation/values/duration-problem.ts';
import { headerValueProblem } from '../../src/validation/values/header-value.ts';
import {
  gatewayHostNameProblem,
  hostNameProblem,
  wildcardHostNameProblem,
} from '../../src/validation/values/host-name.ts';

const accepted = (check: (text: string) => string | undefined, texts: readonly string[]): readonly string[] =>
  texts.filter((text) => check(text) === undefined);

describe('host names', () => {
  const names = [
    'a',
    'a.b',
    'a.b.',
    'A-1.b',
    '123',
    'a.99999999999999999999',
    '',
    '.',
    'a..b',
    '-a.b',
    'a_b.c',
    'a.1',
    '10.0.0.1',
  ];
  it('are labels with dots, and do not end in a number', () => {
    expect(accepted(hostNameProblem, names)).toEqual(['a', 'a.b', 'a.b.', 'A-1.b', 'a.99999999999999999999']);
  });

  it('may be a number where a wildcard may be', () => {
    expect(accepted(wildcardHostNameProblem, names)).toEqual([
      'a',
      'a.b',
      'a.b.',
      'A-1.b',
      '123',
      'a.99999999999999999999',
    ]);
  });

  it('may begin with a wildcard only', () => {
    const wildcards = ['*', '*.a', '*a.b', '*-a.b', 'a*.b', 'a.*', '**.a'];
    expect(accepted(wildcardHostNameProblem, wildcards)).toEqual(['*', '*.a', '*a.b', '*-a.b']);
  });

  it('have labels of 63 and are 255 characters long at most', () => {
    expect(hostNameProblem('a'.repeat(63))).toBeUndefined();
    expect(hostNameProblem('a'.repeat(64))).toBeDefined();
    expect(hostNameProblem(`${'a.'.repeat(127)}b`)).toBeUndefined();
    expect(hostNameProblem(`${'a.'.repeat(128)}b`)).toBeDefined();
  });

  it('are told from others as the definition of a label has it', () => {
    const label = '[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?';
    const labels = new RegExp(`^(?:${label}\\.)*(?:${label})?$`);
    const text = fc.string({ unit: fc.constantFrom('a', 'Z', '1', '-', '.', '_', '*', 'é'), maxLength: 12 });
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((part) => `${part}${'a1-'.repeat(20)}${part}`),
        ),
        (name) => {
          const endsInNumber = /(?:^|\.)[0-9]+$/.test(name);
          const isName = name !== '' && labels.test(name) && !endsInNumber;
          expect(hostNameProblem(name) === undefined).toBe(isName);
          expect(wildcardHostNameProblem(`*.${name}`) === undefined).toBe(isName || name === '');
          if (!name.includes('.') || name.startsWith('*')) return;
          expect(wildcardHostNameProblem(name) === undefined).toBe(isName);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('may be what AUTO_PASSTHROUGH makes up, as server names', () => {
    const name = 'outbound_.80_.v1_.reviews.mesh';
    expect(gatewayHostNameProblem(name, true)).toBeUndefined();
    expect(gatewayHostNameProblem(name, false)).toBeDefined();
    expect(gatewayHostNameProblem('outbound_.http_.v1_.reviews.mesh', true)).toBeDefined();
  });
});

describe('header values', () => {
  it('may hold operators that are complete', () => {
    const values = [
      '',
      'a',
      '100%%',
      '%HOSTNAME%',
      'a %REQ(x-id)% b',
      '%DYNAMIC_METADATA(["a", "b"])%',
      '%A(b\\))%',
      '\t',
    ];
    expect(accepted(headerValueProblem, values)).toEqual(values);
  });

  it('may not hold others, nor control characters', () => {
    const values = [
      '%',
      '100%',
      '%A',
      '%A(b)',
      '%A()%',
      '%A(["b")%',
      '%A(["b"]%',
      '%A(b)c%',
      '%START_TIME%%',
      '\n',
      '\u0000',
    ];
    expect(accepted(headerValueProblem, values)).toEqual([]);
  });
});

describe('durations', () => {
  it('are whole milliseconds, one at least', () => {
    const durations = ['0.001s', '1s', '0.250s', '0s', '-1s', '0.000999s', '1.000500s'];
    expect(accepted(durationProblem, durations)).toEqual(['0.001s', '1s', '0.250s']);
  });
});

describe('CEL expressions', () => {
  it.each([
    'response.code >= 400 && !has(request.headers.x)',
    'a ? b : c ? d : e',
    '[1, 2u, 0x1F, 1.5e3, .5, -1].all(x, x > 0)',
    '{"a": [1,], b: {}}',
    'pkg.Message{field: "value"}.field',
    'r"\\d" + b\'x\' + """a"b"""',
    'a in b // a comment',
    'a.package',
    '"\\u00e9\\n\\x41\\101"',
  ])('such as %s', (expression) => {
    expect(celProblem(expression)).toBeUndefined();
  });

  it.each([
    '',
    'a ?',
    'a b',
    'a = b',
    'a & b',
    'a == ',
    'package.x',
    'has(a)',
    'xs.all(1, true)',
    'xs.map(a.b, c)',
    'f(a,)',
    'a[]',
    '"a',
    '"\\d"',
    '1.',
    'a.1',
    '9223372036854775808',
    '18446744073709551616u',
    'a.?b',
    '[a',
    `${'('.repeat(300)}a${')'.repeat(300)}`,
  ])('but not %s', (expression) => {
    expect(celProblem(expression)).toBeDefined();
  });
});
