import { messageTable } from '../../xds/message-table.generated.ts';
import type { EnumType, FieldType, MessageField, MessageType, Scalar, SpecialType } from './message-type.ts';

/** The messages of Envoy's API, looked up by full name. */
export interface EnvoyApi {
  /** What an Any of that name holds, or nothing where no such message is known. */
  typeNamed(name: string): FieldType | undefined;
  /** Throws where there is no such message: the caller knows it as part of xDS. */
  message(name: string): MessageType;
}

/**
 * Reads the generated table of messages. Rows are read when they are first needed: a patch needs a handful of the
 * thousand that there are.
 */
export function loadEnvoyApi(): EnvoyApi {
  const rows = messageTable.split('\n');
  const names = readNames(rows);
  const places = new Map(names.map((name, index) => [name, index]));
  const types = new Map<number, MessageType | EnumType>();
  const typeAt = (place: number): MessageType | EnumType => {
    const known = types.get(place);
    if (known) return known;
    const type = readRow(names[place] ?? '', rows[place] ?? '', typeAt);
    types.set(place, type);
    return type;
  };
  const typeNamed = (name: string): FieldType | undefined => {
    const place = places.get(name);
    return place === undefined ? wellKnownTypes.get(name) : typeAt(place);
  };
  return {
    typeNamed,
    message: (name) => {
      const type = typeNamed(name);
      if (type?.kind !== 'message') throw new Error(`The table of Envoy's API was expected to hold ${name}.`);
      return type;
    },
  };
}

type TypeAt = (place: number) => MessageType | EnumType;

/** A name is abbreviated: the length of what it shares with the one before, in three digits, and the rest. */
function readNames(rows: readonly string[]): readonly string[] {
  let previous = '';
  return rows.map((row) => {
    previous = previous.slice(0, Number(row.slice(0, 3))) + row.slice(3, row.search(/[{[]/));
    return previous;
  });
}

function readRow(name: string, row: string, typeAt: TypeAt): MessageType | EnumType {
  const start = row.search(/[{[]/);
  const parts = row.length === start + 1 ? [] : row.slice(start + 1).split(',');
  return row[start] === '[' ? readEnum(name, parts) : readMessageRow(name, parts, typeAt);
}

function readEnum(name: string, parts: readonly string[]): EnumType {
  const numbers = new Map<string, number>();
  const names = new Map<number, string>();
  let next = 0;
  for (const part of parts) {
    const [value = '', text] = part.split('=');
    const number = text === undefined ? next : Number(text);
    numbers.set(value, number);
    if (!names.has(number)) names.set(number, value);
    next = number + 1;
  }
  return { kind: 'enum', name, numbers, names };
}

function readMessageRow(name: string, parts: readonly string[], typeAt: TypeAt): MessageType {
  const fields = parts.map((part) => readField(part, typeAt));
  const fieldsByName = new Map(
    fields.flatMap((field) => [[field.name, field] as const, [field.jsonName, field] as const]),
  );
  return { kind: 'message', name, fields, fieldsByName };
}

/** `name:type`, behind it `*` for a list or `%key` for a map, `!` for proto3's `optional`, `=group` for a oneof. */
const fieldPattern = /^(\w+):(\+?[a-zA-Z]|#[0-9a-z]+)(\*|%[a-z])?(!)?(?:=(\d+))?$/;

function readField(text: string, typeAt: TypeAt): MessageField {
  const [, name = '', code = '', shape = '', optional, group] = fieldPattern.exec(text) ?? [];
  const place = code.startsWith('#') ? Number.parseInt(code.slice(1), 36) : undefined;
  const fixed = place === undefined ? typeOfCode(code) : undefined;
  return {
    name,
    jsonName: jsonNameOf(name),
    type: () => fixed ?? typeAt(place ?? 0),
    shape: shape === '' ? 'single' : shape === '*' ? 'list' : 'map',
    ...(shape.startsWith('%') && { key: scalars[shape.slice(1)] ?? 'string' }),
    tracksPresence: optional !== undefined || group !== undefined,
    ...(group !== undefined && { oneof: Number(group) }),
  };
}

/** Protobuf's rule, which reads `consecutive_5xx` as `consecutive5xx`. */
function jsonNameOf(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

const scalars: Readonly<Record<string, Scalar>> = {
  b: 'bool',
  i: 'int32',
  u: 'uint32',
  l: 'int64',
  m: 'uint64',
  f: 'float',
  d: 'double',
  s: 'string',
  y: 'bytes',
};

const specials: Readonly<Record<string, SpecialType>> = {
  A: 'any',
  D: 'duration',
  T: 'timestamp',
  S: 'struct',
  V: 'value',
  L: 'list',
  E: 'empty',
  K: 'field-mask',
};

function typeOfCode(code: string): FieldType {
  if (code.startsWith('+')) return { kind: 'wrapper', scalar: scalars[code.slice(1)] ?? 'string' };
  const scalar = scalars[code];
  return scalar ? { kind: 'scalar', scalar } : { kind: specials[code] ?? 'value' };
}

const wellKnownTypes: ReadonlyMap<string, FieldType> = new Map<string, FieldType>([
  ['google.protobuf.Any', { kind: 'any' }],
  ['google.protobuf.Duration', { kind: 'duration' }],
  ['google.protobuf.Timestamp', { kind: 'timestamp' }],
  ['google.protobuf.Struct', { kind: 'struct' }],
  ['google.protobuf.Value', { kind: 'value' }],
  ['google.protobuf.ListValue', { kind: 'list' }],
  ['google.protobuf.Empty', { kind: 'empty' }],
  ['google.protobuf.FieldMask', { kind: 'field-mask' }],
  ['google.protobuf.BoolValue', { kind: 'wrapper', scalar: 'bool' }],
  ['google.protobuf.Int32Value', { kind: 'wrapper', scalar: 'int32' }],
  ['google.protobuf.UInt32Value', { kind: 'wrapper', scalar: 'uint32' }],
  ['google.protobuf.Int64Value', { kind: 'wrapper', scalar: 'int64' }],
  ['google.protobuf.UInt64Value', { kind: 'wrapper', scalar: 'uint64' }],
  ['google.protobuf.FloatValue', { kind: 'wrapper', scalar: 'float' }],
  ['google.protobuf.DoubleValue', { kind: 'wrapper', scalar: 'double' }],
  ['google.protobuf.StringValue', { kind: 'wrapper', scalar: 'string' }],
  ['google.protobuf.BytesValue', { kind: 'wrapper', scalar: 'bytes' }],
]);
