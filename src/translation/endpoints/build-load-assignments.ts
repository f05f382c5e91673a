import { isIpAddress } from '../../model/ip-address.ts';
import type { Port, Service } from '../../model/service.ts';
import { selectLocalityPreference } from '../../registry/locality-setting.ts';
import { indexPeerAuthentications, type PeerAuthentications } from '../../registry/peer-authentication.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import { mergeSubsetPolicy, selectPortPolicy } from '../../registry/traffic-policy.ts';
import { isSniName, parseResourceName, type ResourceName } from '../../xds/resource-name.ts';
import type { Cluster, ClusterLoadAssignment } from '../../xds/types.ts';
import { buildLocalityEndpoints } from './build-locality-endpoints.ts';
import { preferLocalities } from './prefer-localities.ts';

/**
 * The endpoints of the clusters that ask istiod for them (EDS). A cluster without endpoints gets an empty assignment,
 * so that Envoy does not wait for one.
 * Source: istio `pilot/pkg/xds/endpoints/endpoint_builder.go`, BuildClusterLoadAssignment.
 */
export function buildLoadAssignments(view: ProxyView, clusters: readonly Cluster[]): readonly ClusterLoadAssignment[] {
  const { resources, rootNamespace } = view.mesh;
  const peerAuthentications = indexPeerAuthentications(resources.PeerAuthentication, rootNamespace);
  return clusters
    .filter(({ type }) => type === 'EDS')
    .map(({ name, edsClusterConfig }) =>
      buildLoadAssignment(view, edsClusterConfig?.serviceName || name, peerAuthentications),
    );
}

function buildLoadAssignment(
  view: ProxyView,
  clusterName: string,
  peerAuthentications: PeerAuthentications,
): ClusterLoadAssignment {
  const found = findPort(view, clusterName);
  if (!found) return { clusterName };
  const { service, port, subsetName } = found;
  const rule = view.destinationRuleFor(service);
  const subset = rule?.spec.subsets?.find(({ name }) => name === subsetName);
  const groups = buildLocalityEndpoints({
    view,
    service,
    port,
    rule,
    subset: subsetName === '' ? undefined : subset,
    isUnknownSubset: subsetName !== '' && !subset,
    peerAuthentications,
    // What goes through as mutual TLS must not reach an endpoint that expects plain text.
    mutualTlsOnly: isSniName(clusterName),
    // Host names among the endpoints of a STATIC entry cannot be sent: Envoy does not resolve them.
    accepts: ({ addresses: [address = ''], port: number }) => address === '' || number === 0 || isIpAddress(address),
  });
  if (groups.length === 0) return { clusterName };

  const policy = mergeSubsetPolicy(
    selectPortPolicy(rule?.spec.trafficPolicy, port.number),
    subset?.trafficPolicy,
    port.number,
  );
  const { setting, alwaysFailsOver } = selectLocalityPreference(
    view.mesh.configuration,
    policy?.loadBalancer?.localityLbSetting,
    service,
  );
  const failsOver = alwaysFailsOver || policy?.outlierDetection !== undefined;
  return {
    clusterName,
    endpoints: preferLocalities(groups, { proxy: view.proxy, setting, failsOver, knowsLabels: true }),
  };
}

interface ServicePort {
  readonly service: Service;
  readonly port: Port;
  readonly subsetName: string;
}

function findPort(view: ProxyView, clusterName: string): ServicePort | undefined {
  const name = parseResourceName(clusterName);
  const service = name && view.serviceFor(name.hostname);
  const port = service?.ports.find(({ number }) => number === name?.port);
  return name && service && port && { service, port, subsetName: subsetOf(name) };
}

/** A waypoint's clusters say of what traffic they are before the subset. */
function subsetOf({ direction, subset }: ResourceName): string {
  return direction === 'inbound-vip' ? subset.replace(/^(?:http|tcp)\//, '') : subset;
}
