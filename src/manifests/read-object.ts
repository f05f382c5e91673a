import type { Diagnostic, Report, ResourceReference } from '../model/diagnostic.ts';
import { type FieldPath, formatFieldPath } from '../model/field-path.ts';
import type { Decoded, DecodeOptions, Decoder, FieldProblem, UnknownField } from '../model/istio/decode.ts';
import { findKind, type KindDefinition, kinds } from '../model/istio/kinds.ts';
import { type ObjectMetadata, objectMetadata } from '../model/istio/kubernetes.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { Kind, Metadata, Resource, Source } from '../model/resource.ts';
import { parseTimestamp } from '../model/timestamp.ts';
import { locate } from './locate.ts';
import type { Reader } from './reader.ts';
import type { RangeFinder } from './source-range.ts';
import { explainUnsimulated } from './unsimulated-kinds.ts';

/** A resource that the API server refuses: a field has the wrong type, or no API serves the kind. */
export interface RefusedResource extends ResourceReference {
  readonly message: string;
}

/** What reading writes to, and how it finds positions. */
export interface Reading {
  readonly resources: Resource[];
  readonly refused: RefusedResource[];
  readonly report: Report;
  readonly findRange: RangeFinder;
  readonly reader: Reader;
}

type JsonMap = Readonly<Record<string, unknown>>;

/** Reads one parsed Kubernetes object, or each item of a list of them. */
export function readObject(value: unknown, source: Source, reading: Reading): void {
  const place: Place = { source, reading };
  if (!isObject(value)) {
    reportNoResource('it is not a map of fields', place);
    return;
  }
  const { apiVersion, kind } = value;
  if (!isName(apiVersion) || !isName(kind)) {
    reportNoResource(isName(apiVersion) ? 'kind is missing' : 'apiVersion is missing', place);
    return;
  }
  const known = findKind(apiVersion, kind);
  if (kind.endsWith('List') && Array.isArray(value['items'])) {
    readItems(value['items'], { apiVersion, kind: kind.slice(0, -'List'.length) }, place);
  } else if (known === undefined) {
    reportUnsimulated(value, { apiVersion, kind }, place);
  } else {
    readKnown(value, { apiVersion, kind: known }, place);
  }
}

interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

interface Place {
  readonly source: Source;
  readonly reading: Reading;
}

/** The items of a typed list (`ServiceList`) may leave out what the list's own kind says. */
function readItems(items: readonly unknown[], list: TypeMeta, { source, reading }: Place): void {
  for (const [index, item] of items.entries()) {
    const complete = list.kind !== '' && isObject(item) ? { ...list, ...item } : item;
    readObject(complete, { ...source, path: [...source.path, 'items', index] }, reading);
  }
}

function readKnown(
  object: JsonMap,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: Kind },
  place: Place,
): void {
  const definition = kinds[kind];
  const { decoder } = place.reading.reader;
  const metadata = decoder.decode(objectMetadata, object['metadata'], metadataOptions);
  const spec = readBody(object, definition, decoder);
  const problems = listProblems(metadata, spec);
  if (spec.unknownFields.length > 0 || problems.length > 0) {
    const reference = referenceTo(metadata.value, definition);
    for (const field of spec.unknownFields) reportUnknown(field, reference, place);
    if (problems.length > 0) {
      refuse(problems, reference, place);
      return;
    }
  }

  place.reading.resources.push({
    kind,
    apiVersion,
    metadata: toMetadata(metadata.value, definition),
    spec: spec.value,
    status: readStatus(object, definition, decoder),
    source: place.source,
  } as Resource);
}

function listProblems(metadata: Decoded<ObjectMetadata>, spec: Decoded<object>): readonly FieldProblem[] {
  if (metadata.value.name && metadata.problems.length === 0) return spec.problems;
  return [...metadata.problems, ...nameProblem(metadata), ...spec.problems];
}

const metadataOptions: DecodeOptions = { dialect: 'kubernetes', path: ['metadata'] };

function readBody(object: JsonMap, definition: KindDefinition, decoder: Decoder): Decoded<object> {
  const { dialect, body, spec: schema } = definition;
  if (body === 'root') {
    const {
      apiVersion: _apiVersion,
      kind: _kind,
      metadata: _metadata,
      status: _status,
      spec: _spec,
      ...others
    } = object;
    return decoder.decode(schema, others, { dialect });
  }
  const decoded = decoder.decode(schema, object['spec'], { dialect, path: specPath });
  const beside: UnknownField[] = [];
  for (const name in object) if (!topLevelFields.includes(name)) beside.push({ path: [name], known: topLevelFields });
  return beside.length === 0 ? decoded : { ...decoded, unknownFields: [...beside, ...decoded.unknownFields] };
}

const topLevelFields = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
const specPath: FieldPath = ['spec'];
const statusPath: FieldPath = ['status'];

/** A status that cannot be read counts as none: it is not the user's to write. */
function readStatus(object: JsonMap, { status: schema, dialect }: KindDefinition, decoder: Decoder): object {
  const { value, problems } = decoder.decode(schema, object['status'], { dialect, path: statusPath });
  return problems.length === 0 ? value : {};
}

function referenceTo(metadata: ObjectMetadata, definition: KindDefinition): ResourceReference {
  return {
    kind: definition.manifestKind,
    namespace: namespaceOf(metadata, definition),
    name: metadata.name ?? '',
  };
}

function namespaceOf(metadata: ObjectMetadata, { namespaced }: KindDefinition): string {
  return namespaced ? metadata.namespace || 'default' : '';
}

function nameProblem(metadata: Decoded<ObjectMetadata>): readonly FieldProblem[] {
  if (metadata.value.name || metadata.problems.length > 0) return [];
  return [{ path: ['metadata', 'name'], message: 'is missing; every resource needs a name' }];
}

/** Kubernetes' own objects keep Go's zero time, 0001-01-01: without a time of their own they are older than all others. */
const defaultCreationTimes = { protobuf: Date.UTC(2024, 0, 1), kubernetes: -62_135_596_800_000 };

function toMetadata(metadata: ObjectMetadata, definition: KindDefinition): Metadata {
  const { name = '', labels = noLabels, annotations = noLabels, creationTimestamp } = metadata;
  const namespace = namespaceOf(metadata, definition);
  const given = creationTimestamp === undefined ? undefined : parseTimestamp(creationTimestamp);
  return { name, namespace, labels, annotations, creationTime: given ?? defaultCreationTimes[definition.dialect] };
}

const noLabels: Metadata['labels'] = Object.freeze({});

function refuse(problems: readonly FieldProblem[], resource: ResourceReference, { source, reading }: Place): void {
  for (const { path, message } of problems) {
    const diagnostic: Diagnostic = {
      code: 'field-type',
      severity: 'error',
      message: sentence(`${describe(resource)} is refused: ${formatFieldPath(path)} ${message}`),
      resource,
      path: formatFieldPath(path),
    };
    reading.report(locate(diagnostic, () => reading.findRange(source, { path })));
  }
  const [first] = problems;
  const message = first === undefined ? '' : `${formatFieldPath(first.path)} ${first.message}`;
  reading.refused.push({ ...resource, message });
}

function reportUnknown({ path, known }: UnknownField, resource: ResourceReference, { source, reading }: Place): void {
  const name = String(path.at(-1));
  const meant = nearestName(name, known);
  const diagnostic: Diagnostic = {
    code: 'field-unknown',
    severity: 'info',
    message: `${describe(resource)} has no field ${formatFieldPath(path)}; it is ignored.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
    resource,
    path: formatFieldPath(path),
  };
  reading.report(locate(diagnostic, () => reading.findRange(source, { path, part: 'key' })));
}

function reportUnsimulated(object: JsonMap, { apiVersion, kind }: TypeMeta, { source, reading }: Place): void {
  const { influential, served, reason } = explainUnsimulated(apiVersion, kind);
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  const resource = { kind, namespace: textOr(metadata['namespace'], 'default'), name: textOr(metadata['name'], '') };
  const diagnostic: Diagnostic = {
    code: 'not-simulated',
    severity: influential ? 'warning' : 'info',
    message: `${describe(resource)} (${apiVersion}) is left out: ${reason}.`,
    resource,
    path: 'kind',
  };
  reading.report(locate(diagnostic, () => reading.findRange(source, { path: ['kind'] })));
  if (!served)
    reading.refused.push({
      ...resource,
      message: `${apiVersion} ${kind} is not served by Kubernetes, Istio or the Gateway API`,
    });
}

function reportNoResource(reason: string, { source, reading }: Place): void {
  const diagnostic: Diagnostic = {
    code: 'not-a-resource',
    severity: 'error',
    message: `This is not a Kubernetes resource and is left out: ${reason}.`,
  };
  reading.report(locate(diagnostic, () => reading.findRange(source, { path: rootPath })));
}

const rootPath: FieldPath = [];

function describe({ kind, namespace, name }: ResourceReference): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' && value !== '' ? value : fallback;
}

function isObject(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
