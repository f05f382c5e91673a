import type { ApplyTo } from '../model/istio/envoy-filter.ts';
import type { JsonObject } from '../xds/types.ts';
import { patchedMessages } from './patched-messages.ts';
import { type EnvoyApi, loadEnvoyApi } from './schema/envoy-api.ts';
import { type ReadProblem, readMessage } from './schema/read-message.ts';

/**
 * Makes a check of patches: what in a value is not as the message has it that the patch applies to. Envoy's API is read
 * when the first patch comes.
 */
export function checkPatches(): (applyTo: ApplyTo, value: JsonObject) => readonly ReadProblem[] {
  let api: EnvoyApi | undefined;
  return (applyTo, value) => {
    if (applyTo === 'INVALID') return [];
    api ??= loadEnvoyApi();
    return readMessage(api, api.message(patchedMessages[applyTo]), value).problems;
  };
}
