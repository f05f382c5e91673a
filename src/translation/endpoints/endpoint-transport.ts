import type { Endpoint, EndpointWorkload } from '../../model/endpoint.ts';
import { isTrue, type ProxyView } from '../../registry/proxy-view.ts';
import { managedLabel, waypointController } from '../../registry/waypoints/choose-waypoint.ts';
import { joinHostPort } from '../../xds/address.ts';
import type { ResourceDirection } from '../../xds/resource-name.ts';
import { type EndpointMutualTlsInput, type MutualTlsContext, speaksMutualTls } from './endpoint-mutual-tls.ts';

/** How a connection gets to an endpoint. */
export type EndpointTransport =
  | { readonly kind: 'direct'; readonly mutualTls: boolean }
  | {
      readonly kind: 'tunnel';
      /** What the connection inside the tunnel is for. */
      readonly destination: string;
      /** Where the tunnel ends, unless at the destination itself. */
      readonly waypoint?: string;
      /** Whether the cluster chooses the transport socket by the endpoint. */
      readonly isMatched: boolean;
      readonly mutualTls: boolean;
    };

/** What is the same for all endpoints of a cluster. */
export interface Way extends EndpointMutualTlsInput {
  /** Outbound where absent. */
  readonly direction?: ResourceDirection;
  /** Set where the endpoint is a waypoint on the way there. */
  readonly waypoint?: { readonly destination: string };
}

/** Waypoints themselves always do. */
function acceptsTunnel({ mesh }: ProxyView, workload: EndpointWorkload): boolean {
  return workload.labels[managedLabel] === waypointController || mesh.acceptsTunnel(workload);
}

/**
 * Endpoints of an ambient mesh are reached through tunnels; those that also speak the mutual TLS of sidecars only from
 * waypoints, which know no other. Source: istio `pilot/pkg/xds/endpoints/endpoint_builder.go`, buildEnvoyLbEndpoint.
 */
export function chooseTransport(endpoint: Endpoint, way: Way, context: MutualTlsContext): EndpointTransport {
  const { direction, waypoint } = way;
  const { view } = context;
  const mutualTls = speaksMutualTls(endpoint, way, context);
  const isMatched = direction !== 'inbound-vip';
  if (waypoint) {
    const { destination } = waypoint;
    return { kind: 'tunnel', destination, waypoint: placeOf(endpoint), isMatched, mutualTls };
  }
  const prefersMutualTls = endpoint.workload.tlsMode === 'istio' && isMatched;
  const isTunnelled =
    !prefersMutualTls && !isTrue(view.proxy.metadata['DISABLE_HBONE_SEND']) && acceptsTunnel(view, endpoint.workload);
  if (!isTunnelled) return mutualTls ? withMutualTls : inPlainText;
  return { kind: 'tunnel', destination: placeOf(endpoint), isMatched, mutualTls };
}

const inPlainText: EndpointTransport = { kind: 'direct', mutualTls: false };
const withMutualTls: EndpointTransport = { kind: 'direct', mutualTls: true };

function placeOf({ workload: { addresses }, port }: Endpoint): string {
  return joinHostPort(addresses[0] ?? '', port);
}
