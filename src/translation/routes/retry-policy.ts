import type { HTTPRetry } from '../../model/istio/virtual-service.ts';
import { isNamedHttpStatus } from '../../model/status-code.ts';
import type { Draft } from '../../xds/draft.ts';
import { frozen } from '../../xds/frozen.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type { RetryPolicy } from '../../xds/types.ts';

export interface RetryOptions {
  /** The destination is chosen by a hash: a retry must not move on to another host by itself. */
  readonly consistentHash: boolean;
}

const previousHosts: NonNullable<RetryPolicy['retryHostPredicate']> = frozen([
  {
    name: 'envoy.retry_host_predicates.previous_hosts',
    typedConfig: { '@type': typeUrls.previousHostsPredicate },
  },
]);

const previousPriorities: NonNullable<RetryPolicy['retryPriority']> = frozen({
  name: 'envoy.retry_priorities.previous_priorities',
  typedConfig: { '@type': typeUrls.previousPrioritiesConfig, updateFrequency: 2 },
});

const hashedDefault: RetryPolicy = frozen({
  retryOn: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
  numRetries: 2,
  hostSelectionRetryMaxAttempts: '5',
});

const balancedDefault: RetryPolicy = frozen({ ...hashedDefault, retryHostPredicate: previousHosts });

/**
 * Istio retries twice unless told otherwise; zero attempts turn retries off.
 * Source: istio `pilot/pkg/networking/core/route/retry/retry.go`.
 */
export function buildRetryPolicy(
  retries: HTTPRetry | undefined,
  { consistentHash }: RetryOptions,
): RetryPolicy | undefined {
  if (!retries) return consistentHash ? hashedDefault : balancedDefault;
  const { attempts = 0, perTryTimeout, retryOn, retryRemoteLocalities, retryIgnorePreviousHosts, backoff } = retries;
  if (attempts <= 0) return undefined;
  const policy: Draft<RetryPolicy> = { ...hashedDefault, numRetries: attempts };
  if (retryOn) Object.assign(policy, parseRetryOn(retryOn));
  if (perTryTimeout !== undefined) policy.perTryTimeout = perTryTimeout;
  if (retryIgnorePreviousHosts ?? !consistentHash) policy.retryHostPredicate = previousHosts;
  if (retryRemoteLocalities) policy.retryPriority = previousPriorities;
  if (backoff !== undefined) policy.retryBackOff = { baseInterval: backoff };
  return policy;
}

/** Status codes may stand among the conditions; Envoy wants them in a list and a condition that turns the list on. */
function parseRetryOn(retryOn: string): Pick<RetryPolicy, 'retryOn' | 'retriableStatusCodes'> {
  const parts = retryOn
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const codes = parts.filter(isStatusCode).map(Number);
  const conditions = parts.filter((part) => !isStatusCode(part)).join(',');
  if (codes.length === 0) return conditions === '' ? { retryOn: '' } : { retryOn: conditions };
  const turnedOn = conditions.includes('retriable-status-codes');
  return {
    retryOn: turnedOn ? conditions : `${conditions},retriable-status-codes`,
    retriableStatusCodes: codes,
  };
}

function isStatusCode(text: string): boolean {
  return /^[+-]?\d+$/.test(text) && isNamedHttpStatus(Number(text));
}
