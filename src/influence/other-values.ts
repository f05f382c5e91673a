import type { Schema } from '../model/istio/schema.ts';
import type { LeafField } from './leaf-fields.ts';

/** Values that a field could hold instead, of the same form, so that Istio accepts them. */
export function otherValues({ path, value, schema }: LeafField): readonly unknown[] {
  const name = String(path.findLast((step) => typeof step === 'string') ?? '');
  if (schema?.type === 'enumeration') return otherChoices(schema, value);
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1];
  if (typeof value !== 'string') return [];
  if (Object.hasOwn(choices, name)) return (choices[name] ?? []).filter((choice) => choice !== value.toUpperCase());
  return [otherText(value)];
}

function otherChoices(schema: Extract<Schema, { readonly type: 'enumeration' }>, value: unknown): readonly unknown[] {
  return Object.entries(schema.numbers)
    .filter(([name, number]) => name !== value && number !== value)
    .map(([name]) => name);
}

/** Fields that the API leaves open but that mean something only for a few values. */
const choices: Readonly<Record<string, readonly string[]>> = {
  protocol: ['HTTP', 'TLS', 'TCP', 'GRPC'],
  istioVersion: ['1.29', '1.30', '1.31'],
};

type Rewrite = readonly [form: RegExp, rewrite: (text: string) => string];

const rewrites: readonly Rewrite[] = [
  [/^(true|false)$/i, (text) => String(text.toLowerCase() !== 'true')],
  [/^\d+$/, (text) => String(BigInt(text) + 1n)],
  [/^\d+(\.\d+)?(h|m|s|ms)$/, (text) => `1${text}`],
  [/^\d+\.\d+\.\d+\.\d+(\/\d+)?$/, (text) => text.replace(/\d+(?=\/|$)/, lastByte).replace(/\/.*/, prefixOf(text))],
  [/^[\da-f:]*:[\da-f:]*$/i, (text) => `${text.replace(/[\da-f]{0,4}$/i, '')}${text.endsWith('9') ? '8' : '9'}`],
  [/^\d{4}-\d\d-\d\dT/, (text) => `${Number(text.slice(0, 4)) + 1}${text.slice(4)}`],
  [/^\*\./, (text) => `*.other-${text.slice(2)}`],
  [/^\//, (text) => `/other${text === '/' ? '' : text}`],
  [/^[\w-]+\/\*$/, (text) => `other-${text}`],
  [/^(\*|\.|~)$/, () => 'other'],
];

function otherText(text: string): string {
  for (const [form, rewrite] of rewrites) if (form.test(text)) return rewrite(text);
  return `other-${text}`;
}

function lastByte(byte: string): string {
  return byte === '254' ? '253' : String((Number(byte) % 254) + 1);
}

/** The prefix length of a range stays: only the address changes. */
function prefixOf(text: string): string {
  return text.includes('/') ? text.slice(text.indexOf('/')) : '';
}
