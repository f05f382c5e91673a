import type { ApplyTo } from '../model/istio/envoy-filter.ts';
import type { JsonObject } from '../xds/types.ts';
import { patchedMessages } from './patched-messages.ts';
import { type EnvoyApi, loadEnvoyApi } from './schema/envoy-api.ts';
import { readMessage } from './schema/read-message.ts';

/**
 * Makes a check that says why the value of a patch is none of the message that it applies to, or nothing. Envoy's API is
 * read when the first patch comes.
 */
export function checkPatches(): (applyTo: ApplyTo, value: JsonObject) => string | undefined {
  let api: EnvoyApi | undefined;
  return (applyTo, value) => {
    if (applyTo === 'INVALID') return undefined;
    api ??= loadEnvoyApi();
    const { problems } = readMessage(api, api.message(patchedMessages[applyTo]), value);
    const problem = problems.find(({ severity }) => severity === 'error');
    return problem && (problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`);
  };
}
