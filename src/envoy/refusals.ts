import { typeUrls } from '../xds/type-urls.ts';
import type { Cluster, FilterChain, Listener, RouteConfiguration } from '../xds/types.ts';

/**
 * Why Envoy 1.38 refuses something that istiod sends, by rule. `message` is found in what Envoy then logs.
 * Over xDS only the resource itself is missing afterwards, so requests that lead to it fail.
 */
export const refusalReasons = {
  'dynamic-forward-proxy-without-auto-sni': {
    message: 'dynamic_forward_proxy cluster must have auto_sni and auto_san_validation true',
    text: 'a dynamic forward proxy that has HTTP protocol options needs auto_sni and auto_san_validation among them',
  },
  'original-destination-load-balancer': {
    message: "Only 'CLUSTER_PROVIDED' is allowed with cluster type 'ORIGINAL_DST'",
    text: 'a cluster that keeps the original destination cannot have a load balancing policy of its own',
  },
  'no-filter-chains': {
    message: 'no filter chains specified',
    text: 'the listener has no filter chain left',
  },
  'router-not-last': {
    message: 'must be the last filter in a http filter chain',
    text: 'an HTTP filter stands behind the router',
  },
  'several-catch-all-virtual-hosts': {
    message: 'Only a single wildcard domain is permitted in route',
    text: 'more than one virtual host claims the domain "*"',
  },
} as const satisfies Readonly<Record<string, { readonly message: string; readonly text: string }>>;

export type RefusalReason = keyof typeof refusalReasons;

/** What a stock Envoy refuses of this cluster, as far as rules tell; `undefined` where it loads. */
export function refusalOfCluster(cluster: Cluster): RefusalReason | undefined {
  if (cluster.type === 'ORIGINAL_DST' && cluster.lbPolicy !== 'CLUSTER_PROVIDED')
    return 'original-destination-load-balancer';
  return needsAutoSni(cluster) ? 'dynamic-forward-proxy-without-auto-sni' : undefined;
}

/** Envoy turns both options on where the cluster says nothing of HTTP; where it does, it must name them itself. */
function needsAutoSni(cluster: Cluster): boolean {
  const config = cluster.clusterType?.typedConfig;
  if (config?.['@type'] !== typeUrls.dynamicForwardProxyClusterConfig || config.allowInsecureClusterOptions)
    return false;
  const typed = cluster.typedExtensionProtocolOptions?.['envoy.extensions.upstreams.http.v3.HttpProtocolOptions'];
  const options =
    typed?.['@type'] === typeUrls.httpProtocolOptions
      ? (typed.upstreamHttpProtocolOptions ?? {})
      : cluster.upstreamHttpProtocolOptions;
  return options !== undefined && !(options.autoSni && options.autoSanValidation);
}

export function refusalOfListener(listener: Listener): RefusalReason | undefined {
  const chains = [
    ...(listener.filterChains ?? []),
    ...(listener.defaultFilterChain ? [listener.defaultFilterChain] : []),
  ];
  // Internal and UDP listeners aside, a listener must be able to take a connection.
  if (chains.length === 0) return 'no-filter-chains';
  return chains.some(hasFilterBehindRouter) ? 'router-not-last' : undefined;
}

function hasFilterBehindRouter(chain: FilterChain): boolean {
  return (chain.filters ?? []).some(({ typedConfig }) => {
    if (typedConfig?.['@type'] !== typeUrls.httpConnectionManager) return false;
    const filters = typedConfig.httpFilters ?? [];
    const router = filters.findIndex((filter) => filter.typedConfig?.['@type'] === typeUrls.router);
    return router >= 0 && router < filters.length - 1;
  });
}

export function refusalOfRoute(route: RouteConfiguration): RefusalReason | undefined {
  const catchAll = (route.virtualHosts ?? []).filter(({ domains }) => domains.includes('*'));
  return catchAll.length > 1 ? 'several-catch-all-virtual-hosts' : undefined;
}
