import { createKubernetesSchema } from '../manifests/kubernetes-scalars.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { parseDocument } from '../manifests/parse-document.ts';
import { splitDocuments } from '../manifests/split-documents.ts';
import type { ResourceReference } from '../model/diagnostic.ts';
import { findKind, kinds } from '../model/istio/kinds.ts';
import { objectMetadata } from '../model/istio/kubernetes.ts';
import { type MessageSchema, message, string } from '../model/istio/schema.ts';
import type { Source } from '../model/resource.ts';

/** One Kubernetes object of the input, as plain data that can be written again with one field changed. */
export interface InputObject {
  /** Position among the documents. */
  readonly document: number;
  readonly reference: ResourceReference;
  readonly value: JsonMap;
  /** What its fields may hold; absent for a kind that is not simulated. */
  readonly schema: MessageSchema | undefined;
  readonly source: Source;
}

export interface InputDocument {
  readonly file: string;
  readonly text: string;
  /** Undefined where the document cannot be read: it stays as it is. */
  readonly value: unknown;
}

export type JsonMap = Readonly<Record<string, unknown>>;

/** Takes the input apart into documents, and those into objects; the items of a `kind: List` are objects of their own. */
export function readInputObjects(manifests: readonly Manifest[]): {
  readonly documents: readonly InputDocument[];
  readonly objects: readonly InputObject[];
} {
  const documents: InputDocument[] = [];
  const objects: InputObject[] = [];
  const schema = createKubernetesSchema();
  for (const { file, text, firstLine } of manifests.flatMap(splitDocuments)) {
    const parsed = parseDocument(text, schema);
    const value = 'code' in parsed ? undefined : parsed.value;
    const found = objectsIn(value, { file, text, firstLine, path: [] }, documents.length);
    for (const object of found) objects.push(object);
    documents.push({ file, text, value });
  }
  return { documents, objects };
}

function objectsIn(value: unknown, source: Source, document: number): readonly InputObject[] {
  if (!isObject(value)) return [];
  const { apiVersion, kind, metadata, items } = value;
  if (String(kind).endsWith('List') && Array.isArray(items)) {
    return items.flatMap((item: unknown, index) =>
      objectsIn(item, { ...source, path: [...source.path, 'items', index] }, document),
    );
  }
  const known = findKind(String(apiVersion), String(kind));
  const { name = '', namespace = 'default' } = isObject(metadata) ? metadata : {};
  return [
    {
      document,
      reference: {
        kind: String(kind),
        namespace: known && !kinds[known].namespaced ? '' : String(namespace),
        name: String(name),
      },
      value,
      schema: known && schemaOf(kinds[known]),
      source,
    },
  ];
}

function schemaOf({ spec, status, body }: (typeof kinds)[keyof typeof kinds]): MessageSchema {
  const head = { apiVersion: string(), kind: string(), metadata: objectMetadata, status };
  return message('Resource', body === 'spec' ? { ...head, spec } : { ...head, ...Object.fromEntries(spec.fields) });
}

export function isObject(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
