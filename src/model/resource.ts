import type { ResourceReference } from './diagnostic.ts';
import type { ResourceSpecs } from './istio/kinds.ts';

/** Where a resource was read from: enough to find any field's line and column later, on demand. */
export interface Source {
  readonly file: string;
  /** The text of the one YAML document that holds the resource. */
  readonly text: string;
  /** Line of the file (from 1) on which `text` begins. */
  readonly firstLine: number;
  /** Path inside the document where the resource starts: empty, or `['items', 3]` inside a `kind: List`. */
  readonly path: readonly (string | number)[];
}

export interface Metadata {
  readonly name: string;
  /** `default` where the manifest names none; empty for cluster-scoped kinds. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, UTC; where the manifest gives none 2024-01-01T00:00:00Z, for Kubernetes' own kinds 0001-01-01. */
  readonly creationTime: number;
}

export type Kind = keyof ResourceSpecs;

/** One Kubernetes object of a kind that is simulated. `spec` holds the whole body for core kinds without one (EndpointSlice). */
export type ResourceOf<K extends Kind> = {
  readonly kind: K;
  readonly apiVersion: string;
  readonly metadata: Metadata;
  readonly spec: ResourceSpecs[K]['spec'];
  readonly status: ResourceSpecs[K]['status'];
  readonly source: Source;
};

export type Resource = { readonly [K in Kind]: ResourceOf<K> }[Kind];

/** Keys a resource inside its kind. */
export function resourceKey(metadata: Metadata): string {
  return `${metadata.namespace}/${metadata.name}`;
}

export function referenceOf(resource: { readonly kind: string; readonly metadata: Metadata }): ResourceReference {
  return { kind: resource.kind, namespace: resource.metadata.namespace, name: resource.metadata.name };
}
