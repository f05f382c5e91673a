import type { Endpoint } from '../../model/endpoint.ts';
import { isIpAddress } from '../../model/ip-address.ts';
import { selectLocalityPreference } from '../../registry/locality-setting.ts';
import { indexPeerAuthentications } from '../../registry/peer-authentication.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import { mergeSubsetPolicy, selectPortPolicy } from '../../registry/traffic-policy.ts';
import { isSniName, parseResourceName, type ResourceName } from '../../xds/resource-name.ts';
import type { Cluster, ClusterLoadAssignment, LocalityLbEndpoints } from '../../xds/types.ts';
import { buildLocalityEndpoints } from './build-locality-endpoints.ts';
import { Localities } from './localities.ts';
import type { EndpointContext, LocalityEndpointsInput } from './locality-endpoints-input.ts';
import { type FindWaypoint, indexWaypointEndpoints } from './waypoint-endpoints.ts';

interface Context extends EndpointContext {
  readonly findWaypoint: FindWaypoint;
}

/**
 * The endpoints of the clusters that ask istiod for them (EDS). A cluster without endpoints gets an empty assignment,
 * so that Envoy does not wait for one.
 * Source: istio `pilot/pkg/xds/endpoints/endpoint_builder.go`, BuildClusterLoadAssignment.
 */
export function buildLoadAssignments(view: ProxyView, clusters: readonly Cluster[]): readonly ClusterLoadAssignment[] {
  const { resources, rootNamespace } = view.mesh;
  const context: Context = {
    view,
    peerAuthentications: indexPeerAuthentications(resources.PeerAuthentication, rootNamespace),
    localities: new Localities(),
    findWaypoint: indexWaypointEndpoints(view),
  };
  // A cluster is another one where its service or what is behind it may have changed.
  return view.memory.collect<Cluster, ClusterLoadAssignment>(
    'load assignments',
    clusters,
    (all, { type, name, edsClusterConfig }) => {
      if (type === 'EDS') all.push(buildLoadAssignment(context, edsClusterConfig?.serviceName || name));
    },
  );
}

function buildLoadAssignment(context: Context, clusterName: string): ClusterLoadAssignment {
  const { view } = context;
  const name = parseResourceName(clusterName);
  const known = name && view.knownByName.get(name.hostname);
  const port = known?.service.ports.find(({ number }) => number === name?.port);
  if (!name || !known || !port) return { clusterName };
  const { service, outboundRule: rule } = known;
  const { direction } = name;
  const ofPort = selectPortPolicy(rule?.spec.trafficPolicy, port.number);
  const waypoint = context.findWaypoint(service, port);
  if (waypoint) {
    const whole = { service, port, rule, subset: undefined, policy: ofPort };
    return assignment(clusterName, buildLocalityEndpoints(context, { ...whole, direction, waypoint }));
  }
  const subsetName = subsetOf(name);
  const subset = subsetName === '' ? undefined : rule?.spec.subsets?.find((each) => each.name === subsetName);
  const policy = mergeSubsetPolicy(ofPort, subset?.trafficPolicy, port.number);
  const input: LocalityEndpointsInput = {
    service,
    port,
    rule,
    subset,
    policy,
    direction,
    isUnknownSubset: subsetName !== '' && !subset,
    // What goes through as mutual TLS must not reach an endpoint that expects plain text.
    passesMutualTls: isSniName(clusterName),
    accepts: canBeSent,
  };
  const preference = selectLocalityPreference(view.mesh.configuration, policy, service);
  return assignment(clusterName, buildLocalityEndpoints(context, input, { preference, knowsLabels: true }));
}

function assignment(clusterName: string, endpoints: readonly LocalityLbEndpoints[]): ClusterLoadAssignment {
  return endpoints.length > 0 ? { clusterName, endpoints } : { clusterName };
}

/** Host names among the endpoints of a STATIC entry cannot be sent: Envoy does not resolve them. */
function canBeSent({ workload: { addresses }, port }: Endpoint): boolean {
  const address = addresses[0] ?? '';
  return address === '' || port === 0 || isIpAddress(address);
}

/** A waypoint's clusters say of what traffic they are before the subset. */
function subsetOf({ direction, subset }: ResourceName): string {
  return direction === 'inbound-vip' ? subset.replace(/^(?:http|tcp)\//, '') : subset;
}
