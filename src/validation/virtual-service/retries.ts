import type { HTTPRetry } from '../../model/istio/virtual-service.ts';
import { isNamedHttpStatus } from '../../model/status-code.ts';
import type { Field } from '../field.ts';
import { durationProblem } from '../values/duration-problem.ts';

/** Envoy's conditions for HTTP and gRPC; status codes can be named too. */
const conditions: ReadonlySet<string> = new Set([
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

export function validateRetries(retries: HTTPRetry | undefined, field: Field): void {
  if (retries === undefined) return;
  const { attempts = 0, retryOn = '' } = retries;
  if (attempts < 0) field.at('attempts').refuse(`${attempts} attempts are negative; 0 switches retries off.`);
  if (
    attempts === 0 &&
    (retries.perTryTimeout !== undefined || retryOn !== '' || retries.retryRemoteLocalities !== undefined)
  ) {
    field.at('attempts').refuse('Without attempts, retries are off; set attempts or remove the other fields.');
  }
  field.at('perTryTimeout').refuseIf(durationProblem(retries.perTryTimeout));
  field.at('backoff').refuseIf(durationProblem(retries.backoff));
  if (retryOn !== '')
    for (const condition of retryOn.split(',')) field.at('retryOn').refuseIf(conditionProblem(condition));
}

function conditionProblem(condition: string): string | undefined {
  if (conditions.has(condition)) return undefined;
  if (/^\+?[0-9]+$/.test(condition) && isNamedHttpStatus(Number(condition))) return undefined;
  return `"${condition}" is no condition to retry on; separate Envoy's conditions and status codes by commas, without spaces.`;
}
