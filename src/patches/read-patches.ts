import type { EnvoyConfigObjectPatch } from '../model/istio/envoy-filter.ts';
import { type ResourceOf, referenceOf } from '../model/resource.ts';
import type { JsonObject } from '../xds/types.ts';
import type { Patch, PatchTarget } from './patch.ts';
import { patchedMessages } from './patched-messages.ts';
import type { EnvoyApi } from './schema/envoy-api.ts';
import { readMessage } from './schema/read-message.ts';

/** The patches of a filter, in order. What a value holds that Envoy's API has not is left out. */
export function readPatches(api: EnvoyApi, filter: ResourceOf<'EnvoyFilter'>): readonly Patch[] {
  const resource = referenceOf(filter);
  return (filter.spec.configPatches ?? []).flatMap(
    (patch, index) => readPatch(api, patch, { resource, path: `spec.configPatches[${index}]` }) ?? [],
  );
}

function readPatch(
  api: EnvoyApi,
  { applyTo = 'INVALID', match = {}, patch }: EnvoyConfigObjectPatch,
  origin: Patch['origin'],
): Patch | undefined {
  if (applyTo === 'INVALID' || !patch) return undefined;
  const value = patch.value === undefined ? {} : readValue(api, applyTo, patch.value);
  const operation = placement(applyTo, patch.operation ?? 'INVALID');
  return value && { applyTo, operation, match, value, origin };
}

/** Absent where istiod makes nothing of it: values for waypoints come here without having been checked. */
function readValue(api: EnvoyApi, applyTo: PatchTarget, value: JsonObject): JsonObject | undefined {
  const { message, problems } = readMessage(api, api.message(patchedMessages[applyTo]), value);
  return problems.some(({ severity }) => severity === 'error') ? undefined : message;
}

const ordered: readonly PatchTarget[] = ['LISTENER_FILTER', 'NETWORK_FILTER', 'HTTP_FILTER', 'HTTP_ROUTE'];

/** Among things without an order, to insert is to add. */
function placement(applyTo: PatchTarget, operation: Patch['operation']): Patch['operation'] {
  return operation.startsWith('INSERT_') && !ordered.includes(applyTo) ? 'ADD' : operation;
}
