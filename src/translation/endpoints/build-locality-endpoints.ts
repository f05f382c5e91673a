import type { Endpoint } from '../../model/endpoint.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Subset } from '../../model/istio/destination-rule.ts';
import { parseLocality } from '../../model/locality.ts';
import type { Port, Service } from '../../model/service.ts';
import type { PeerAuthentications } from '../../registry/peer-authentication.ts';
import type { ProxyView, SelectedDestinationRule } from '../../registry/proxy-view.ts';
import { mergeSubsetPolicy, selectPortPolicy } from '../../registry/traffic-policy.ts';
import { frozen } from '../../xds/frozen.ts';
import type { ResourceDirection } from '../../xds/resource-name.ts';
import type { LbEndpoint, Locality, LocalityLbEndpoints } from '../../xds/types.ts';
import { buildLbEndpoint } from './build-lb-endpoint.ts';
import { speaksMutualTls } from './endpoint-mutual-tls.ts';
import { chooseTransport } from './endpoint-transport.ts';
import type { LocalityGroup } from './locality-group.ts';

export interface LocalityEndpointsInput {
  readonly view: ProxyView;
  readonly service: Service;
  readonly port: Port;
  readonly rule: SelectedDestinationRule | undefined;
  readonly subset?: Subset | undefined;
  /** The cluster is for a part of the service that no rule describes. */
  readonly isUnknownSubset?: boolean;
  readonly peerAuthentications: PeerAuthentications;
  /** Leaves out further endpoints; all are accepted where absent. */
  readonly accepts?: (endpoint: Endpoint) => boolean;
  /** Leaves out those that get no mutual TLS, but keeps their localities. */
  readonly mutualTlsOnly?: boolean;
  /** Of the cluster; outbound where absent. */
  readonly direction?: ResourceDirection;
  /** What stands before the service's own endpoints: the traffic goes there, to be passed on to the destination. */
  readonly waypoint?: { readonly endpoints: readonly Endpoint[]; readonly destination: string } | undefined;
}

/**
 * The endpoints of one cluster by locality, in the order of the localities' names. They have no priorities yet:
 * see `preferLocalities`.
 * Source: istio `pilot/pkg/xds/endpoints/endpoint_builder.go`, generate.
 */
export function buildLocalityEndpoints(input: LocalityEndpointsInput): readonly LocalityGroup[] {
  const { profile } = input.view.mesh;
  const groups = [...groupBy(selectEndpoints(input), ({ locality }) => locality)];
  if (groups.length > 1) groups.sort(([left], [right]) => (left < right ? -1 : 1));
  const tlsInput = { ...input, profile };
  const mutualTls = (endpoint: Endpoint): boolean => speaksMutualTls(endpoint, tlsInput);
  const { view, direction = 'outbound', waypoint } = input;
  const build = (endpoint: Endpoint): LbEndpoint => {
    const { destination } = waypoint ?? {};
    const transport = chooseTransport(endpoint, { view, direction, destination, mutualTls: mutualTls(endpoint) });
    return buildLbEndpoint(endpoint, transport);
  };
  return groups.map(([locality, all]) => {
    const endpoints = input.mutualTlsOnly ? all.filter(mutualTls) : all;
    return { endpoints, lbEndpoints: buildGroup(locality, endpoints.map(build)) };
  });
}

function buildGroup(locality: string, lbEndpoints: readonly LbEndpoint[]): LocalityLbEndpoints {
  const place = locality === '' ? nowhere : placeOf(locality);
  if (lbEndpoints.length === 0) return { locality: place };
  const weight = lbEndpoints.reduce((sum, { loadBalancingWeight = 0 }) => sum + loadBalancingWeight, 0);
  return {
    locality: place,
    lbEndpoints,
    loadBalancingWeight: Math.min(weight, largestWeight),
  };
}

const largestWeight = 4294967295;
const nowhere: Locality = frozen({});

function placeOf(locality: string): Locality {
  const { region, zone, subZone } = parseLocality(locality);
  return { ...(region && { region }), ...(zone && { zone }), ...(subZone && { subZone }) };
}

function selectEndpoints(input: LocalityEndpointsInput): readonly Endpoint[] {
  const { view, service, port, subset, accepts, waypoint } = input;
  const all = waypoint?.endpoints ?? view.mesh.endpointsOf(service, port);
  const wanted = subset?.labels ? Object.entries(subset.labels) : [];
  const sendsUnhealthy = service.trafficDistribution !== undefined || toleratesUnhealthy(input);
  const staysOnNode = service.origin.kind === 'Service' && service.origin.spec.internalTrafficPolicy === 'Local';
  // Without names, the proxy and an endpoint count as being on one node.
  const { NODE_NAME: nodeName = '' } = view.proxy.metadata;
  const keepsDraining = Boolean(service.labels['istio.io/persistent-session']);
  return all.filter((endpoint) => {
    const { health, labels } = endpoint;
    if (health === 'terminating' || (health === 'unhealthy' && !sendsUnhealthy)) return false;
    if (staysOnNode && endpoint.nodeName !== nodeName) return false;
    if (health === 'draining' && !keepsDraining) return false;
    if (accepts && !accepts(endpoint)) return false;
    return wanted.every(([key, value]) => labels[key] === value);
  });
}

/** Where a rule sets a share of healthy endpoints for Envoy to panic below, unhealthy ones would get traffic. */
function toleratesUnhealthy({ view, port, rule, subset }: LocalityEndpointsInput): boolean {
  if (!view.mesh.profile.sendsUnhealthyEndpoints) return false;
  const ofRule = selectPortPolicy(rule?.spec.trafficPolicy, port.number);
  const policy = mergeSubsetPolicy(ofRule, subset?.trafficPolicy, port.number);
  return (policy?.outlierDetection?.minHealthPercent ?? 0) <= 0;
}
