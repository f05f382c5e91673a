// Writes the schema as TypeScript types of its canonical JSON form.
import protobuf from 'protobufjs';
import { alwaysPresent, mayBeAbsent } from './root-messages.mjs';

const scalarTypes = {
  double: 'number',
  float: 'number',
  int32: 'number',
  uint32: 'number',
  sint32: 'number',
  fixed32: 'number',
  sfixed32: 'number',
  int64: 'string',
  uint64: 'string',
  sint64: 'string',
  fixed64: 'string',
  sfixed64: 'string',
  bool: 'boolean',
  string: 'string',
  bytes: 'string',
};

/** Messages and enums with a JSON form of their own. */
const wellKnownTypes = {
  'google.protobuf.Any': 'Any',
  'google.protobuf.Duration': 'Duration',
  'google.protobuf.Timestamp': 'Timestamp',
  'google.protobuf.Struct': 'JsonObject',
  'google.protobuf.Value': 'JsonValue',
  'google.protobuf.ListValue': 'readonly JsonValue[]',
  'google.protobuf.NullValue': 'null',
  'google.protobuf.Empty': 'Readonly<Record<string, never>>',
  'google.protobuf.DoubleValue': 'number',
  'google.protobuf.FloatValue': 'number',
  'google.protobuf.Int32Value': 'number',
  'google.protobuf.UInt32Value': 'number',
  'google.protobuf.Int64Value': 'string',
  'google.protobuf.UInt64Value': 'string',
  'google.protobuf.BoolValue': 'boolean',
  'google.protobuf.StringValue': 'string',
  'google.protobuf.BytesValue': 'string',
};

const prelude = `// Generated from Envoy's .proto files by \`npm run generate\`; do not edit.
// The canonical proto3 JSON form: camelCase, wrappers unwrapped, 64-bit integers and bytes as strings.

/** Seconds with a unit and 0, 3, 6 or 9 decimals: "10s", "0.250s". */
export type Duration = string;
/** RFC 3339. */
export type Timestamp = string;
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A message in a google.protobuf.Any: its own fields beside its type URL. */
export type AnyOf<N extends keyof Messages> = { readonly '@type': \`type.googleapis.com/\${N}\` } & Messages[N];
/** The messages with a JSON form of their own stand under "value". */
export interface AnyString {
  readonly '@type': 'type.googleapis.com/google.protobuf.StringValue';
  readonly value: string;
}
export type Any = { [N in keyof Messages]: AnyOf<N> }[keyof Messages] | AnyString;
`;

export function renderTypes({ roots, messages, enums }) {
  const names = chooseNames(roots, [...messages, ...enums]);
  const byName = [...names].sort(([, a], [, b]) => (a < b ? -1 : 1));
  const declarations = byName.map(([type, name]) =>
    type instanceof protobuf.Enum ? renderEnum(type, name) : renderMessage(type, name, names),
  );
  return [prelude, renderRegistry(roots), ...declarations].join('\n');
}

/**
 * The alias of a root; nested types under the name of what holds them; others under their own,
 * with a word of the package before it where something nearer to a root has it.
 */
function chooseNames(roots, types) {
  const names = new Map(roots);
  const taken = new Set(roots.values());
  const nameOf = (type) => {
    if (names.has(type)) return names.get(type);
    const candidates =
      type.parent instanceof protobuf.Type ? [nestedName(nameOf(type.parent), type.name)] : topLevelNames(type);
    const name = candidates.find((candidate) => !taken.has(candidate));
    if (!name) throw new Error(`no free TypeScript name for ${type.fullName}`);
    names.set(type, name);
    taken.add(name);
    return name;
  };
  for (const type of types) if (!wellKnown(type)) nameOf(type);
  const used = new Set(types);
  return new Map([...names].filter(([type]) => used.has(type)));
}

const nestedName = (parent, name) => (name.startsWith(parent) ? name : parent + name);

function topLevelNames(type) {
  const words = fullName(type)
    .split('.')
    .slice(0, -1)
    .filter((word) => !/^v\d/.test(word));
  const nearest = words[0] === 'envoy' ? words.reverse() : words;
  return [type.name, ...nearest.map((word) => pascalCase(word) + type.name)];
}

const pascalCase = (words) => words.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());
const fullName = (type) => type.fullName.slice(1);
const wellKnown = (type) => wellKnownTypes[fullName(type)];

function renderRegistry(roots) {
  const rows = [...roots].map(([type, name]) => `  readonly '${fullName(type)}': ${name};`);
  return `/** What an Any may hold, by full name. */\nexport interface Messages {\n${rows.join('\n')}\n}\n`;
}

function renderEnum(type, name) {
  const values = Object.keys(type.values).map((value) => `  | '${value}'`);
  return `/** ${fullName(type)} */\nexport type ${name} =\n${values.join('\n')};\n`;
}

function renderMessage(type, name, names) {
  const fields = type.fieldsArray.map((field) => renderField(field, names));
  if (fields.length === 0) return `/** ${fullName(type)} */\nexport type ${name} = Readonly<Record<never, never>>;\n`;
  return `/** ${fullName(type)} */\nexport interface ${name} {\n${fields.join('\n')}\n}\n`;
}

function renderField(field, names) {
  const oneof = field.partOf && !field.options?.proto3_optional ? `  /** one of ${field.partOf.name} */\n` : '';
  const optional = isAlwaysPresent(field) ? '' : '?';
  return `${oneof}  readonly ${field.jsonName}${optional}: ${fieldType(field, names)};`;
}

/** What Envoy refuses to load without. */
function isAlwaysPresent(field) {
  if (field.partOf || mayBeAbsent.has(fullName(field))) return false;
  const rules = field.options ?? {};
  return (
    alwaysPresent.has(fullName(field)) ||
    rules['(validate.rules).message.required'] === true ||
    rules[field.repeated ? '(validate.rules).repeated.min_items' : '(validate.rules).string.min_len'] > 0
  );
}

function fieldType(field, names) {
  const single = field.resolvedType
    ? (wellKnown(field.resolvedType) ?? names.get(field.resolvedType))
    : scalarTypes[field.type];
  if (field.map) return `Readonly<Record<string, ${single}>>`;
  if (field.repeated) return single.includes(' ') ? `readonly (${single})[]` : `readonly ${single}[]`;
  return single;
}
