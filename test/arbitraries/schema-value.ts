import fc from 'fast-check';
import type { MessageSchema, Schema } from '../../src/model/istio/schema.ts';

/** Texts that mean something to one field or another, so that random resources get past the first check. */
const texts = [
  '',
  '*',
  '.',
  '~',
  'a',
  'default',
  'api.example.com',
  '*.example.com',
  '*api.example.com',
  'example.com.',
  './*',
  '*/*',
  'ns/api.example.com',
  '10.0.0.1',
  '10.0.0.0/8',
  '2001:db8::1',
  '::/0',
  'unix:///run/app',
  '127.0.0.1:80',
  'HTTP',
  'TLS',
  'TCP',
  'CONNECT',
  'mesh',
  'us/a/*',
  '(a|b)+',
  '(',
  '%HOSTNAME%',
  '100%',
  ':authority',
  '@request.auth.claims.sub',
  'response.code >= 400',
  '__proto__',
  'constructor',
];
const text = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'binary', maxLength: 12 }));
const wholeNumbers = [0, 1, 80, 99, 100, 101, 443, 600, 65535, 65536, 65537, -1];
const durations = ['0s', '1s', '0.001s', '0.000500s', '-1s', '3600s'];

/** Any value of a schema, in the form in which it is read: every field may be absent. */
export function schemaValue(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case 'string':
      return text;
    case 'bool':
      return fc.boolean();
    case 'number':
      return numberOf(schema.whole, schema.minimum);
    case 'duration':
      return fc.constantFrom(...durations);
    case 'timestamp':
      return fc.constant('2024-01-01T00:00:00Z');
    case 'bytes':
      return fc.constantFrom('', 'YQ==');
    case 'json':
      return schema.object ? fc.object({ maxDepth: 1 }) : fc.jsonValue({ maxDepth: 1 });
    case 'int-or-string':
      return fc.oneof(fc.nat(), text);
    case 'enumeration':
      return fc.constantFrom(...Object.keys(schema.numbers));
    case 'list':
      return fc.array(schemaValue(schema.element, depth + 1), { maxLength: 3 });
    case 'map':
      return fc.dictionary(text, schemaValue(schema.value, depth + 1), { maxKeys: 2 });
    case 'message':
      return messageValue(schema, depth);
  }
}

function numberOf(whole: boolean, minimum: number): fc.Arbitrary<number> {
  if (!whole) return fc.oneof(fc.constantFrom(0, 0.00001, 0.5, 50, 100, 100.5, -1), fc.double({ noNaN: true }));
  return fc.constantFrom(...wholeNumbers.filter((number) => number >= minimum));
}

function messageValue(schema: MessageSchema, depth: number): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries([...schema.fields].map(([name, field]) => [name, lazily(field, depth + 1)]));
  return fc.record(fields, { requiredKeys: [] }).map((value) => withOneOfEach(schema, value));
}

/** Deep messages have thousands of fields; most samples look at few of them. */
function lazily(field: Schema, depth: number): fc.Arbitrary<unknown> {
  return fc.constant(undefined).chain(() => schemaValue(field, depth));
}

function withOneOfEach(schema: MessageSchema, value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const dropped = new Set(schema.oneOf.flatMap((group) => group.filter((name) => name in value).slice(0, -1)));
  return Object.fromEntries(Object.entries(value).filter(([name]) => !dropped.has(name)));
}
