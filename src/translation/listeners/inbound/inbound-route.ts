import type { RouteConfiguration } from '../../../xds/types.ts';
import type { InboundPlan } from '../plan/inbound-plan.ts';

/**
 * Every request goes to the application. Timeouts and retries are the client's business, except that a connection the
 * application closed before the request is tried again. Source: istio `httproute.go`, buildSidecarInboundHTTPRouteConfig.
 */
export function buildInboundRoute({ cluster, port, subject: { hostname } }: InboundPlan): RouteConfiguration {
  const isGrpc = port.protocol === 'GRPC' || port.protocol === 'GRPC-Web';
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return {
    name: cluster,
    virtualHosts: [
      {
        name: `inbound|http|${port.number}`,
        domains: ['*'],
        routes: [
          {
            name: 'default',
            match: { prefix: '/' },
            route: {
              cluster,
              timeout: '0s',
              // A stream that has begun may not be replayed.
              ...(!isGrpc && { retryPolicy: { retryOn: 'reset-before-request', numRetries: 2 } }),
              maxStreamDuration: { maxStreamDuration: '0s', grpcTimeoutHeaderMax: '0s' },
            },
            decorator: { operation: `${host}:${port.number}/*` },
          },
        ],
      },
    ],
    validateClusters: false,
  };
}
