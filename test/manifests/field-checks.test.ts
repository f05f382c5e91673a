import { describe, expect, test } from 'vitest';
import { read, serviceEntry } from './read.ts';

const specOf = (spec: string): unknown => read(serviceEntry('a', spec)).resources[0]?.spec;
const refusalOf = (spec: string): string | undefined => read(serviceEntry('a', spec)).refused[0]?.message;

describe('istiod’s own resources are read by protobuf’s rules', () => {
  test.each([
    ['quoted numbers', 'ports: [{number: "80", name: http}]', { ports: [{ number: 80, name: 'http' }] }],
    ['whole numbers with decimals', 'ports: [{number: 80.0}]', { ports: [{ number: 80 }] }],
    [
      'octal and hexadecimal numbers',
      'ports: [{number: 0120}, {number: 0x50}]',
      { ports: [{ number: 80 }, { number: 80 }] },
    ],
    ['enums by number', 'resolution: 2', { resolution: 'DNS' }],
    ['names with underscores', 'export_to: ["."]', { exportTo: ['.'] }],
    ['of two spellings, lowerCamelCase', 'export_to: ["."]\nexportTo: ["*"]', { exportTo: ['*'] }],
    ['null for an absent field', 'hosts: null\nresolution: ~\nlocation:', {}],
    ['null in a list for the empty value', 'hosts: [null]\nports: [null]', { hosts: [''], ports: [{}] }],
    ['an empty list for none', 'hosts: []', {}],
  ])('%s', (_, spec, expected) => {
    expect(specOf(spec)).toEqual(expected);
  });

  test.each([
    ['text for a list', 'hosts: a.example.com', 'spec.hosts expected a list'],
    ['a list for text', 'hosts: [[a]]', 'spec.hosts[0] expected a string'],
    ['a number for text', 'hosts: [80]', 'spec.hosts[0] expected a string, found the number 80'],
    ['a YAML 1.1 boolean for text', 'ports: [{name: y}]', 'spec.ports[0].name expected a string, found true'],
    ['a YAML 1.1 boolean as a label', 'endpoints: [{labels: {on: no}}]', 'spec.endpoints[0].labels.true expected'],
    ['a fraction', 'ports: [{number: 80.5}]', 'spec.ports[0].number expected a whole number'],
    ['a negative port', 'ports: [{number: -1}]', 'spec.ports[0].number expected a number from 0'],
    ['a word for a number', 'ports: [{number: eighty}]', 'spec.ports[0].number expected a whole number'],
    ['a map for a message list', 'ports: {number: 80}', 'spec.ports expected a list'],
    ['an unknown enum value', 'resolution: DNSS', 'did you mean DNS?'],
  ])('refused: %s', (_, spec, message) => {
    expect(refusalOf(spec)).toContain(message);
  });

  test('every wrong field is reported, the refusal is one', () => {
    const { refused, diagnostics } = read(serviceEntry('a', 'hosts: 1\nresolution: NOPE\nports:\n- number: x'));
    expect(refused).toHaveLength(1);
    expect(diagnostics.map(({ path, range }) => [path, range?.line, range?.column])).toEqual([
      ['spec.hosts', 6, 10],
      ['spec.resolution', 7, 15],
      ['spec.ports[0].number', 9, 13],
    ]);
  });
});

describe('durations', () => {
  const timeout = (text: string): unknown => {
    const { resources, refused } = read(
      `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: d}\nspec: {trafficPolicy: {connectionPool: {tcp: {connectTimeout: ${text}}}}}\n`,
    );
    const [resource] = resources;
    return resource?.kind === 'DestinationRule'
      ? resource.spec.trafficPolicy?.connectionPool?.tcp?.connectTimeout
      : refused[0]?.name;
  };

  test.each([
    ['5s', '5s'],
    ['1h30m', '5400s'],
    ['300ms', '0.300s'],
    ['1.5s', '1.500s'],
    ['1us', '0.000001s'],
    ['7ns', '0.000000007s'],
    ['"0"', '0s'],
    ['-5s', '-5s'],
    ['.5s', '0.500s'],
  ])('%s is %s', (written, canonical) => {
    expect(timeout(written)).toBe(canonical);
  });

  test.each(['5', 'fast', '1d', '""', '9999999h', '5 s'])('%s is none', (written) => {
    expect(timeout(written)).toBe('d');
  });
});

describe('fields that exclude each other', () => {
  test('the last in the schema’s order counts', () => {
    const { resources } = read(
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: d}\nspec: {trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true}, simple: RANDOM}}}\n',
    );
    expect(resources[0]?.spec).toEqual({
      trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true } } },
    });
  });
});

describe('Kubernetes’ own kinds are read strictly', () => {
  const port = (text: string) =>
    read(`apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{${text}}]}\n`);

  test('a target port is a number or a name', () => {
    expect(port('port: 80, targetPort: http').resources[0]?.spec).toEqual({
      ports: [{ port: 80, targetPort: 'http' }],
    });
    expect(port('port: 80, targetPort: 8080').resources).toHaveLength(1);
  });

  test('a quoted number is refused', () => {
    expect(port('port: "80"').refused).toMatchObject([{ kind: 'Service', name: 's' }]);
  });

  test('a name with underscores is unknown', () => {
    expect(port('port: 80, target_port: 1').diagnostics).toMatchObject([{ code: 'field-unknown' }]);
  });
});

describe('unknown fields', () => {
  test('are ignored, with a hint and the place of the name', () => {
    const { resources, diagnostics } = read(serviceEntry('a', 'hosts: [a.b]\nresolutoin: DNS'));
    expect(resources).toHaveLength(1);
    expect(diagnostics).toMatchObject([
      {
        code: 'field-unknown',
        severity: 'info',
        path: 'spec.resolutoin',
        message: expect.stringContaining('Did you mean "resolution"?'),
        range: { line: 7, column: 3, endLine: 7, endColumn: 13 },
      },
    ]);
  });

  test('beside spec too', () => {
    expect(read(`${serviceEntry('a')}specs: {}\n`).diagnostics).toMatchObject([
      { code: 'field-unknown', path: 'specs', message: expect.stringContaining('"spec"') },
    ]);
  });

  test('a status that cannot be read counts as none', () => {
    const { resources, diagnostics } = read(`${serviceEntry('a')}status: {addresses: nonsense}\n`);
    expect(resources[0]?.status).toEqual({});
    expect(diagnostics).toEqual([]);
  });
});
