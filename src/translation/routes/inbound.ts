import type { Protocol } from '../../model/protocol.ts';
import type { RouteConfiguration } from '../../xds/types.ts';
import { buildDefaultInboundRoute } from './default-route.ts';
import { serviceOperation } from './route-operation.ts';

export interface InboundRouteOptions {
  /** Also the name of the route configuration. */
  readonly cluster: string;
  /** The port that the service shows, which need not be the workload's. */
  readonly port: { readonly number: number; readonly protocol: Protocol };
  /** Empty for a port that no service owns. */
  readonly hostname: string;
}

/**
 * The routes inside an inbound listener: everything goes to the one workload.
 * Source: istio `pilot/pkg/networking/core/httproute.go`, buildSidecarInboundHTTPRouteConfig.
 */
export function buildInboundRouteConfiguration(options: InboundRouteOptions): RouteConfiguration {
  const { cluster, port, hostname } = options;
  const route = buildDefaultInboundRoute(
    { cluster, operation: serviceOperation(hostname, port.number) },
    port.protocol,
  );
  return {
    name: cluster,
    virtualHosts: [{ name: `inbound|http|${port.number}`, domains: ['*'], routes: [route] }],
    validateClusters: false,
  };
}
