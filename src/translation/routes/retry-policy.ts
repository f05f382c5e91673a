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

const hostSelectionRetryMaxAttempts = '5';
const defaultConditions: RetryConditions = {
  retryOn: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
};

const hashedDefault: RetryPolicy = frozen({ ...defaultConditions, numRetries: 2, hostSelectionRetryMaxAttempts });

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
  const conditions = retryOn ? parseRetryOn(retryOn) : defaultConditions;
  const { retryOn: on, retriableStatusCodes } = conditions;
  const avoidsPrevious = retryIgnorePreviousHosts ?? !consistentHash;
  // Most say just this, and are laid out at once.
  const policy: Draft<RetryPolicy> =
    avoidsPrevious && perTryTimeout !== undefined && !retriableStatusCodes
      ? {
          retryOn: on,
          numRetries: attempts,
          hostSelectionRetryMaxAttempts,
          perTryTimeout,
          retryHostPredicate: previousHosts,
        }
      : { retryOn: on, numRetries: attempts, hostSelectionRetryMaxAttempts };
  if (retriableStatusCodes) policy.retriableStatusCodes = retriableStatusCodes;
  if (perTryTimeout !== undefined) policy.perTryTimeout = perTryTimeout;
  if (avoidsPrevious) policy.retryHostPredicate = previousHosts;
  if (retryRemoteLocalities) policy.retryPriority = previousPriorities;
  if (backoff !== undefined) policy.retryBackOff = { baseInterval: backoff };
  return policy;
}

interface RetryConditions extends Pick<RetryPolicy, 'retriableStatusCodes'> {
  readonly retryOn: string;
}

/** Conditions that all have a letter, which no status code has. */
const onlyNamed = /^\d*[a-z][a-z\d-]*(?:,\d*[a-z][a-z\d-]*)*$/;

/** Status codes may stand among the conditions; Envoy wants them in a list and a condition that turns the list on. */
function parseRetryOn(retryOn: string): RetryConditions {
  if (onlyNamed.test(retryOn)) return { retryOn };
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
