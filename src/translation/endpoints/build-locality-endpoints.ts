import type { Endpoint } from '../../model/endpoint.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Subset } from '../../model/istio/destination-rule.ts';
import { parseLocality } from '../../model/locality.ts';
import type { Port, Service } from '../../model/service.ts';
import { hasLabels } from '../../registry/labels.ts';
import type { PeerAuthentications } from '../../registry/peer-authentication.ts';
import type { ProxyView, SelectedDestinationRule } from '../../registry/proxy-view.ts';
import type { PortPolicy } from '../../registry/traffic-policy.ts';
import type { Draft } from '../../xds/draft.ts';
import { frozen } from '../../xds/frozen.ts';
import type { ResourceDirection } from '../../xds/resource-name.ts';
import type { LbEndpoint, Locality, LocalityLbEndpoints } from '../../xds/types.ts';
import { buildLbEndpoint } from './build-lb-endpoint.ts';
import { speaksMutualTls } from './endpoint-mutual-tls.ts';
import { chooseTransport } from './endpoint-transport.ts';
import type { LocalityGroup } from './locality-group.ts';

/** What the endpoints of all clusters of one proxy have in common. */
export interface EndpointContext {
  readonly view: ProxyView;
  readonly peerAuthentications: PeerAuthentications;
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
  readonly mutualTlsOnly?: boolean;
  /** Of the cluster; outbound where absent. */
  readonly direction?: ResourceDirection;
  /** What stands before the service's own endpoints: the traffic goes there, to be passed on to the destination. */
  readonly waypoint?: { readonly endpoints: readonly Endpoint[]; readonly destination: string };
}

/**
 * The endpoints of one cluster by locality, in the order of the localities' names. They have no priorities yet:
 * see `preferLocalities`.
 * Source: istio `pilot/pkg/xds/endpoints/endpoint_builder.go`, generate.
 */
export function buildLocalityEndpoints(
  context: EndpointContext,
  input: LocalityEndpointsInput,
): readonly LocalityGroup[] {
  const endpoints = selectEndpoints(context, input);
  const first = endpoints[0]?.workload.locality;
  if (first === undefined) return [];
  // Mostly, all are at one place.
  if (endpoints.every(({ workload }) => workload.locality === first))
    return [buildGroup(context, input, first, endpoints)];
  return [...groupBy(endpoints, ({ workload }) => workload.locality)]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([locality, group]) => buildGroup(context, input, locality, group));
}

function buildGroup(
  context: EndpointContext,
  input: LocalityEndpointsInput,
  place: string,
  all: readonly Endpoint[],
): LocalityGroup {
  const { direction = 'outbound', waypoint, mutualTlsOnly } = input;
  const way = { view: context.view, direction, destination: waypoint?.destination };
  const endpoints = mutualTlsOnly ? all.filter((endpoint) => speaksMutualTls(endpoint, input, context)) : all;
  const lbEndpoints = endpoints.map((endpoint) =>
    buildLbEndpoint(endpoint, chooseTransport(endpoint, speaksMutualTls(endpoint, input, context), way)),
  );
  return { endpoints, lbEndpoints: addUp(place === '' ? nowhere : buildLocality(place), lbEndpoints) };
}

function addUp(locality: Locality, lbEndpoints: readonly LbEndpoint[]): LocalityLbEndpoints {
  if (lbEndpoints.length === 0) return { locality };
  let weight = 0;
  for (const { loadBalancingWeight = 0 } of lbEndpoints) weight += loadBalancingWeight;
  return { locality, lbEndpoints, loadBalancingWeight: Math.min(weight, largestWeight) };
}

const largestWeight = 4294967295;
const nowhere: Locality = frozen({});

function buildLocality(place: string): Locality {
  const { region, zone, subZone } = parseLocality(place);
  const locality: Draft<Locality> = region ? { region } : {};
  if (zone) locality.zone = zone;
  if (subZone) locality.subZone = subZone;
  return locality;
}

function selectEndpoints({ view }: EndpointContext, input: LocalityEndpointsInput): readonly Endpoint[] {
  const { service, port, subset, accepts, waypoint } = input;
  const sendsUnhealthy = service.trafficDistribution !== undefined || toleratesUnhealthy(view, input);
  const staysOnNode = service.origin.kind === 'Service' && service.origin.spec.internalTrafficPolicy === 'Local';
  // Without names, the proxy and an endpoint count as being on one node.
  const { NODE_NAME: ownNode = '' } = view.proxy.metadata;
  const keepsDraining = Boolean(service.labels['istio.io/persistent-session']);
  const isWanted = (endpoint: Endpoint): boolean => {
    const { health, labels, nodeName } = endpoint.workload;
    if (health === 'terminating' || (health === 'unhealthy' && !sendsUnhealthy)) return false;
    if (staysOnNode && nodeName !== ownNode) return false;
    if (health === 'draining' && !keepsDraining) return false;
    if (accepts && !accepts(endpoint)) return false;
    return !subset?.labels || hasLabels(labels, subset.labels);
  };
  const all = waypoint?.endpoints ?? view.mesh.endpointsOf(service, port);
  return all.every(isWanted) ? all : all.filter(isWanted);
}

/** Where a rule sets a share of healthy endpoints for Envoy to panic below, unhealthy ones would get traffic. */
function toleratesUnhealthy({ mesh }: ProxyView, { policy }: LocalityEndpointsInput): boolean {
  return mesh.profile.sendsUnhealthyEndpoints && (policy?.outlierDetection?.minHealthPercent ?? 0) <= 0;
}
