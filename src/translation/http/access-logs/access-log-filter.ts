import { typeUrls } from '../../../xds/type-urls.ts';
import type { AccessLogFilter } from '../../../xds/types.ts';

/** Listeners log only connections for which no filter chain was found: nothing else would show them. */
export const noFilterChainFilter: AccessLogFilter = { responseFlagFilter: { flags: ['NR'] } };

/** Tunnels log only where the upstream could not be reached: the connection inside is logged by its own proxy. */
export const upstreamFailureFilter: AccessLogFilter = { responseFlagFilter: { flags: ['UF'] } };

/** Ends of tunnels log only what they refuse. The key is never set at run time, so that the default holds. */
export const refusedRequestFilter: AccessLogFilter = {
  statusCodeFilter: { comparison: { op: 'GE', value: { defaultValue: 400, runtimeKey: 'istio.io/unset' } } },
};

/** A CEL expression of the Telemetry API. */
export function expressionFilter(expression: string): AccessLogFilter {
  return {
    extensionFilter: {
      name: 'envoy.access_loggers.extension_filters.cel',
      typedConfig: { '@type': typeUrls.celExpressionFilter, ...(expression && { expression }) },
    },
  };
}

/** A filter that passes what all of them pass; absent where there is none. */
export function allFilters(filters: readonly AccessLogFilter[]): AccessLogFilter | undefined {
  return filters.length > 1 ? { andFilter: { filters } } : filters[0];
}
