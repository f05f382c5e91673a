import type { ResourceReference } from '../model/diagnostic.ts';
import type { ApplyTo, EnvoyConfigObjectMatch, Operation, PatchContext } from '../model/istio/envoy-filter.ts';
import type { JsonObject } from '../xds/types.ts';

export type PatchTarget = Exclude<ApplyTo, 'INVALID'>;

/** What a proxy's configuration is called in `match.context`. Nothing is patched as WAYPOINT yet. */
export type Context = Extract<PatchContext, 'SIDECAR_INBOUND' | 'SIDECAR_OUTBOUND' | 'GATEWAY'>;

/** One entry of an EnvoyFilter's `configPatches`, read for the proxy that asks. */
export interface Patch {
  readonly applyTo: PatchTarget;
  readonly operation: Operation;
  readonly match: EnvoyConfigObjectMatch;
  /** Canonical JSON of the message that `applyTo` names; empty where there is none. */
  readonly value: JsonObject;
  readonly origin: { readonly resource: ResourceReference; readonly path: string };
}
