// Reads all of Envoy's v3 configuration API, not only what xdsim emits: an EnvoyFilter may use any of it.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import protobuf from 'protobufjs';
import { readNewerApi } from './read-newer-api.mjs';

const folderOfPackage = (name) => path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
const protoFolder = path.join(folderOfPackage('@grpc/grpc-js-xds'), 'deps');
const supplement = path.join(import.meta.dirname, 'supplement');
const includes = [
  ...['envoy-api', 'xds', 'googleapis', 'protoc-gen-validate'].map((name) => path.join(protoFolder, name)),
  folderOfPackage('protobufjs'),
  supplement,
];

/** Envoy's configuration; not its own interfaces (admin, service, data) and not the frozen v2. */
const isConfiguration = (file) =>
  !/\/v2(?:alpha\d*)?\/|envoy\/api\/v2|envoy\/(?:admin|service|data|watchdog)\//.test(file);
const isOfApi = ({ fullName }) =>
  !fullName.includes('.annotations.') &&
  /^\.(?:envoy|xds|udpa|istio|stats|opentelemetry|google\.api\.expr|google\.rpc)\./.test(fullName);

/**
 * @typedef {{ name: string, type: string, list: boolean, key?: string, oneof?: string, optional: boolean }} ApiField
 * @returns {{ messages: Map<string, ApiField[]>, enums: Map<string, Record<string, number>> }} by full name; the type
 *   of a field is a scalar's name or a full name
 */
export function loadWholeApi() {
  const root = new protobuf.Root();
  const files = new Set();
  const load = (file) => {
    if (files.has(file)) return;
    files.add(file);
    const { imports = [], weakImports = [] } = protobuf.parse(readFileSync(file, 'utf8'), root, { keepCase: true });
    for (const target of [...imports, ...weakImports]) {
      const found = includes.map((folder) => path.join(folder, target)).find(existsSync);
      if (found) load(found);
    }
  };
  for (const folder of [path.join(protoFolder, 'envoy-api/envoy'), path.join(protoFolder, 'xds'), supplement]) {
    for (const file of protoFilesIn(folder).filter(isConfiguration)) load(file);
  }

  const api = { messages: new Map(), enums: new Map() };
  for (const type of typesIn(root).filter(isOfApi)) {
    const name = type.fullName.slice(1);
    if (type instanceof protobuf.Enum) api.enums.set(name, type.values);
    else api.messages.set(name, type.fieldsArray.map(describeField));
  }
  return readNewerApi(api);
}

function protoFilesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) return protoFilesIn(file);
    return file.endsWith('.proto') ? [file] : [];
  });
}

function typesIn(namespace) {
  return namespace.nestedArray.flatMap((nested) => [
    ...(nested instanceof protobuf.Type || nested instanceof protobuf.Enum ? [nested] : []),
    ...(nested.nestedArray ? typesIn(nested) : []),
  ]);
}

function describeField(field) {
  const optional = field.options?.proto3_optional === true;
  return {
    name: field.name,
    type: fullTypeName(field),
    list: field.repeated,
    ...(field.map ? { key: field.keyType } : {}),
    ...(field.partOf && !optional ? { oneof: field.partOf.name } : {}),
    optional,
  };
}

/** Well-known types are not loaded as files, and a few types lie in files that the dependency does not ship. */
function fullTypeName(field) {
  if (field.type.startsWith('google.protobuf.') || field.type in protobuf.types.basic) return field.type;
  try {
    return field.resolve().resolvedType?.fullName.slice(1) ?? field.type;
  } catch {
    return field.type.replace(/^\./, '');
  }
}
