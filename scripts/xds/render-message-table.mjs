// Writes the API as a table of names: what it takes to read and merge messages as JSON, without the wire format.

const codes = {
  bool: 'b',
  int32: 'i',
  sint32: 'i',
  sfixed32: 'i',
  uint32: 'u',
  fixed32: 'u',
  int64: 'l',
  sint64: 'l',
  sfixed64: 'l',
  uint64: 'm',
  fixed64: 'm',
  float: 'f',
  double: 'd',
  string: 's',
  bytes: 'y',
  'google.protobuf.Any': 'A',
  'google.protobuf.Duration': 'D',
  'google.protobuf.Timestamp': 'T',
  'google.protobuf.Struct': 'S',
  'google.protobuf.Value': 'V',
  'google.protobuf.ListValue': 'L',
  'google.protobuf.Empty': 'E',
  'google.protobuf.FieldMask': 'K',
  'google.protobuf.BoolValue': '+b',
  'google.protobuf.Int32Value': '+i',
  'google.protobuf.UInt32Value': '+u',
  'google.protobuf.Int64Value': '+l',
  'google.protobuf.UInt64Value': '+m',
  'google.protobuf.FloatValue': '+f',
  'google.protobuf.DoubleValue': '+d',
  'google.protobuf.StringValue': '+s',
  'google.protobuf.BytesValue': '+y',
};

const banner = "// Generated from Envoy's .proto files by `npm run generate`; do not edit.\n";

export function renderMessageTable({ messages, enums }) {
  const names = [...messages.keys(), ...enums.keys()].sort();
  const places = new Map(names.map((name, index) => [name, `#${index.toString(36)}`]));
  const rows = names.map((name, index) => {
    const fields = messages.get(name);
    const content = fields ? `{${renderFields(fields, places)}` : `[${renderValues(enums.get(name))}`;
    return `${abbreviate(name, names[index - 1] ?? '')}${content}`;
  });
  // One string, taken apart on demand: most pages never look at it, and the others look at few of its rows.
  return `${banner}export const messageTable: string =\n  ${JSON.stringify(rows.join('\n'))};\n`;
}

/** Sorted names begin alike: the length of what a name shares with the one before it, and the rest. */
function abbreviate(name, previous) {
  let shared = 0;
  while (shared < name.length && name[shared] === previous[shared]) shared++;
  return `${String(shared).padStart(3, '0')}${name.slice(shared)}`;
}

function renderFields(fields, places) {
  const oneofs = [...new Set(fields.flatMap(({ oneof }) => oneof ?? []))];
  return fields
    .map(({ name, type, list, key, oneof, optional }) => {
      // A type of a file that the dependency does not ship: taken as it is.
      const code = codes[type] ?? places.get(type) ?? 'V';
      const shape = key ? `%${codes[key]}` : list ? '*' : '';
      return `${name}:${code}${shape}${optional ? '!' : ''}${oneof ? `=${oneofs.indexOf(oneof)}` : ''}`;
    })
    .join(',');
}

function renderValues(values) {
  let next = 0;
  return Object.entries(values)
    .map(([name, number]) => {
      const text = number === next ? name : `${name}=${number}`;
      next = number + 1;
      return text;
    })
    .join(',');
}
