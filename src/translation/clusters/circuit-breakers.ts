import type { ConnectionPoolSettings, RetryBudget } from '../../model/istio/destination-rule.ts';
import { frozen } from '../../xds/frozen.ts';
import type {
  CircuitBreakers,
  CircuitBreakersThresholds,
  CircuitBreakersThresholdsRetryBudget,
} from '../../xds/types.ts';

const unlimited = 4294967295;

/** Envoy's own limits are too low for a mesh whose endpoints come and go: without settings nothing is limited. */
const defaultThresholds: CircuitBreakersThresholds = frozen({
  maxConnections: unlimited,
  maxPendingRequests: unlimited,
  maxRequests: unlimited,
  maxRetries: unlimited,
});

export const defaultCircuitBreakers: CircuitBreakers = frozen({ thresholds: [defaultThresholds] });

/** Limits of the connection pool and the retry budget. A limit of 0 counts as unset. */
export function buildCircuitBreakers(
  pool: ConnectionPoolSettings | undefined,
  retryBudget: RetryBudget | undefined,
): CircuitBreakers {
  if (!pool && !retryBudget) return defaultCircuitBreakers;
  const { tcp, http } = pool ?? {};
  return {
    thresholds: [
      {
        maxConnections: tcp?.maxConnections || unlimited,
        maxPendingRequests: http?.http1MaxPendingRequests || unlimited,
        maxRequests: http?.http2MaxRequests || unlimited,
        maxRetries: http?.maxRetries || unlimited,
        ...(retryBudget && { retryBudget: buildRetryBudget(retryBudget) }),
      },
    ],
  };
}

function buildRetryBudget({ percent = 20, minRetryConcurrency }: RetryBudget): CircuitBreakersThresholdsRetryBudget {
  return {
    budgetPercent: percent === 0 ? {} : { value: percent },
    minRetryConcurrency: minRetryConcurrency || 3,
  };
}
