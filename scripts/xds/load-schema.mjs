// Reads Envoy's .proto files and keeps only what the root messages reach.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import protobuf from 'protobufjs';
import { rootMessages } from './root-messages.mjs';

const scriptFolder = import.meta.dirname;
const folderOfPackage = (name) => path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
const protoFolder = path.join(folderOfPackage('@grpc/grpc-js-xds'), 'deps');
const includes = [
  ...['envoy-api', 'xds', 'googleapis', 'protoc-gen-validate'].map((name) => path.join(protoFolder, name)),
  folderOfPackage('protobufjs'),
];
const supplement = path.join(scriptFolder, 'supplement');

/** @returns {{ messages: protobuf.Type[], enums: protobuf.Enum[], roots: Map<protobuf.Type, string> }} */
export function loadSchema() {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => resolveImport(target);
  // keepCase: otherwise protobufjs camel-cases by a rule of its own, which gets consecutive_5xx wrong.
  root.loadSync(Object.values(rootMessages).map(fileOfMessage), { keepCase: true });
  addNewerFields(root);
  root.resolveAll();

  const roots = new Map(Object.entries(rootMessages).map(([alias, name]) => [root.lookupType(name), alias]));
  // No field reaches it, but filter state holds it in an Any.
  const inAny = root.lookupType('google.protobuf.StringValue');
  return { roots, ...reachable([...roots.keys(), inAny]) };
}

/** Fields that Envoy gained after the .proto files of the dependency were taken. */
function addNewerFields(root) {
  const cluster = root.lookupType('envoy.config.cluster.v3.Cluster');
  cluster.add(newField('dns_jitter', 58, 'google.protobuf.Duration'));
  const customTag = root.lookupType('envoy.type.tracing.v3.CustomTag');
  customTag.oneofs.type.add(newField('value', 6, 'string'));
  const zipkin = root.lookupType('envoy.config.trace.v3.ZipkinConfig');
  zipkin.add(new protobuf.Enum('TraceContextOption', { USE_B3: 0, USE_B3_WITH_W3C_PROPAGATION: 1 }));
  zipkin.add(newField('trace_context_option', 8, 'TraceContextOption'));
  zipkin.add(newField('collector_service', 9, 'envoy.config.core.v3.HttpService'));
  const tracing = root.lookupType(
    'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.Tracing',
  );
  tracing.add(newField('no_context_propagation', 13, 'bool'));
  // The messages were resolved while loading, so that resolveAll would pass the new fields by.
  for (const field of [
    cluster.fields.dns_jitter,
    zipkin.fields.trace_context_option,
    zipkin.fields.collector_service,
  ]) {
    field.resolve();
  }
}

function newField(name, id, type) {
  return Object.assign(new protobuf.Field(name, id, type), { jsonName: protobuf.util.jsonName(name) });
}

function resolveImport(target) {
  if (path.isAbsolute(target)) return target;
  const found = [...includes, supplement].map((folder) => path.join(folder, target)).find(existsSync);
  if (!found) throw new Error(`no dependency holds ${target}`);
  return found;
}

/** Not the whole package: its other files may import what the dependency does not ship. */
function fileOfMessage(fullName) {
  const folder = fullName.split('.').slice(0, -1).join('/');
  const definition = new RegExp(`^message ${fullName.split('.').at(-1)} \\{`, 'm');
  const candidates = [...includes.map((include) => path.join(include, folder)), supplement].flatMap(protoFilesIn);
  const found = candidates.find((file) => definition.test(readFileSync(file, 'utf8')));
  if (!found) throw new Error(`no .proto file defines ${fullName}`);
  return found;
}

function protoFilesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.proto'))
    .map((file) => path.join(folder, file));
}

/** Breadth first, so that what lies nearest to a root comes first and keeps the shorter name. */
function reachable(starts) {
  const messages = new Set(starts);
  const enums = new Set();
  for (const message of messages) {
    for (const field of message.fieldsArray) {
      if (field.resolvedType instanceof protobuf.Type) messages.add(field.resolvedType);
      else if (field.resolvedType instanceof protobuf.Enum) enums.add(field.resolvedType);
    }
  }
  return { messages: [...messages], enums: [...enums] };
}
