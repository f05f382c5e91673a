// Writes the schema as the JSON that protobufjs loads, reduced to what encoding needs.

const banner = "// Generated from Envoy's .proto files by `npm run generate`; do not edit.\n";

export function renderDescriptors({ messages, enums }) {
  const root = {};
  for (const message of messages) Object.assign(namespaceAt(root, message), describeMessage(message));
  for (const type of enums) namespaceAt(root, type).values = type.values;
  // A string, because an engine parses JSON faster than the same object as code.
  const json = JSON.stringify(JSON.stringify(root));
  return `${banner}import type { INamespace } from 'protobufjs';\n\nexport const descriptors: INamespace = JSON.parse(\n  ${json},\n);\n`;
}

function namespaceAt(root, type) {
  return type.fullName
    .slice(1)
    .split('.')
    .reduce((namespace, name) => {
      namespace.nested ??= {};
      namespace.nested[name] ??= {};
      return namespace.nested[name];
    }, root);
}

function describeMessage(message) {
  const fields = Object.fromEntries(message.fieldsArray.map((field) => [field.name, describeField(field)]));
  const oneofs = Object.fromEntries(message.oneofsArray.map((oneof) => [oneof.name, { oneof: oneof.oneof }]));
  return message.oneofsArray.length > 0 ? { fields, oneofs } : { fields };
}

function describeField(field) {
  const type = field.resolvedType?.fullName ?? field.type;
  return {
    ...(field.map ? { keyType: field.keyType } : {}),
    ...(field.repeated ? { rule: 'repeated' } : {}),
    type,
    id: field.id,
    jsonName: field.jsonName,
    ...(field.options?.proto3_optional ? { options: { proto3_optional: true } } : {}),
  };
}
