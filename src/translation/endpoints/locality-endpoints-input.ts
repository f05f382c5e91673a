import type { Endpoint } from '../../model/endpoint.ts';
import type { Subset } from '../../model/istio/destination-rule.ts';
import type { Port, Service } from '../../model/service.ts';
import type { LocalityPreference } from '../../registry/locality-setting.ts';
import type { PeerAuthentications } from '../../registry/peer-authentication.ts';
import type { ProxyView, SelectedDestinationRule } from '../../registry/proxy-view.ts';
import type { PortPolicy } from '../../registry/traffic-policy.ts';
import type { ResourceDirection } from '../../xds/resource-name.ts';
import type { Localities } from './localities.ts';

/** What the endpoints of all clusters of one proxy have in common. */
export interface EndpointContext {
  readonly view: ProxyView;
  readonly peerAuthentications: PeerAuthentications;
  readonly localities: Localities;
}

export interface LocalityEndpointsInput {
  readonly service: Service;
  readonly port: Port;
  readonly rule: SelectedDestinationRule | undefined;
  readonly subset: Subset | undefined;
  /** What the rule says for this port and subset. */
  readonly policy: PortPolicy | undefined;
  /** The cluster is for a part of the service that no rule describes. */
  readonly isUnknownSubset?: boolean;
  /** Leaves out further endpoints; all are accepted where absent. */
  readonly accepts?: (endpoint: Endpoint) => boolean;
  /** Leaves out those that get no mutual TLS, but keeps their localities. */
  readonly passesMutualTls?: boolean;
  /** Of the cluster; outbound where absent. */
  readonly direction?: ResourceDirection;
  /** What stands before the service's own endpoints: the traffic goes there, to be passed on to the destination. */
  readonly waypoint?: { readonly endpoints: readonly Endpoint[]; readonly destination: string };
}

/** How the endpoints are preferred; without a preference no place comes before another. */
export interface EndpointPreference {
  readonly preference: LocalityPreference;
  /** Subsets of DNS clusters do not know the labels of their endpoints. */
  readonly knowsLabels: boolean;
}
