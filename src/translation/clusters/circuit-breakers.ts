import { frozen } from '../../xds/frozen.ts';
import type { CircuitBreakers, CircuitBreakersThresholds } from '../../xds/types.ts';
import type { ConnectionPoolSettings, RetryBudgetSettings } from './traffic-policy.ts';

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
  retryBudget: RetryBudgetSettings | undefined,
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

function buildRetryBudget({ percent, minRetryConcurrency }: RetryBudgetSettings) {
  const value = percent === undefined ? 20 : (percent.value ?? 0);
  return { budgetPercent: value === 0 ? {} : { value }, minRetryConcurrency: minRetryConcurrency || 3 };
}
