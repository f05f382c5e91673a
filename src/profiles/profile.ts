import type { IstioVersion } from '../model/scenario.ts';

/**
 * What differs between the simulated Istio versions, as named behaviours. Translation asks for a behaviour, never for a
 * number, and only where it matters: what is not asked for is no difference between versions.
 */
export interface Profile {
  readonly version: IstioVersion;
  /**
   * Sidecars get dynamic forward proxies for wildcard hosts with resolution DYNAMIC_DNS; before, only waypoints did.
   * Since 1.30. Source: `pilot/pkg/networking/core/cluster.go`, buildOutboundClusters.
   */
  readonly dynamicForwardProxyInSidecars: boolean;
  /**
   * The dynamic forward proxy resolves addresses of the proxy's own IP family instead of IPv4.
   * Since 1.31. Source: `pilot/pkg/networking/util/util.go`, SelectDNSLookupFamily.
   */
  readonly dynamicForwardProxyFollowsFamily: boolean;
  /**
   * The annotation `istio.io/connect-strategy: RACE_FIRST_TCP_CONNECT` counts.
   * Since 1.30. Source: `pilot/pkg/model/service.go`, GetDNSConnectStrategy.
   */
  readonly dnsConnectStrategy: boolean;
  /**
   * `failoverPriority` orders the endpoints that DNS clusters carry themselves.
   * Since 1.30. Source: `pilot/pkg/networking/core/cluster_traffic_policy.go`, applyLocalityLoadBalancer.
   */
  readonly failoverPriorityInDnsClusters: boolean;
  /**
   * Endpoints that are not ready are sent for all services.
   * Since 1.31 (PILOT_SEND_UNHEALTHY_ENDPOINTS became the default). Source: `pilot/pkg/features`.
   */
  readonly sendsUnhealthyEndpoints: boolean;
  /**
   * So that these get no traffic, Envoy's panic threshold is off unless a rule sets it. Since 1.31, with the above.
   */
  readonly turnsPanicOff: boolean;
  /**
   * For its endpoints, a subset without a TLS mode takes that of its rule.
   * Since 1.31. Source: `pilot/pkg/xds/endpoints/mtls_checker.go`, tlsModeForDestinationRule.
   */
  readonly subsetEndpointsInheritTls: boolean;
  /**
   * The endpoints that an entry lists itself, and the host that stands for them, name the entry as their workload.
   * Since 1.30. Source: `pilot/pkg/serviceregistry/serviceentry/conversion.go`, convertServiceEntryToInstances.
   */
  readonly entriesNameWorkloads: boolean;
  /**
   * A host or address that an entry lists twice counts once.
   * Since 1.30. Source: `pilot/pkg/serviceregistry/serviceentry/conversion.go`, services.
   */
  readonly repeatedAddressesCountOnce: boolean;
  /**
   * Addresses in the status of an entry that is not to have any are given to others.
   * Since 1.30. Source: `pilot/pkg/controllers/ipallocate/ipallocate.go`, clearStaleAddresses.
   */
  readonly freesStaleAddresses: boolean;
  /**
   * Of the namespaces that have a VirtualService's destination, the Kubernetes Service's or else the oldest is taken;
   * before, the first by name. Since 1.30. Source: `pilot/pkg/model/sidecar.go`, pickBestVisibleNamespace.
   */
  readonly prefersOldestDestination: boolean;
  /**
   * The mesh's default `exportTo` may name namespaces; before, only `.` and `*` meant something, and what was exported to
   * named namespaces came after a namespace's own. Since 1.30. Source: `pilot/pkg/model/push_context.go`, initServiceRegistry.
   */
  readonly defaultExportToNamesNamespaces: boolean;
  /**
   * A Kubernetes Service has no address for a proxy of the other IP family; before, its cluster IP stood in.
   * Since 1.30. Source: `pilot/pkg/model/service.go`, getAllAddressesForProxy.
   */
  readonly hidesAddressesOfOtherFamily: boolean;
  /**
   * The annotation `networking.istio.io/traffic-distribution` of a namespace counts for its services.
   * Since 1.30. Source: `pilot/pkg/model/service.go`, GetTrafficDistribution.
   */
  readonly namespacesDistributeTraffic: boolean;
  /**
   * A host of a Sidecar's egress that begins with `~` is left out of what the others import.
   * Since 1.31. Source: `pilot/pkg/model/sidecar.go`, convertIstioListenerToWrapper.
   */
  readonly sidecarsExcludeHosts: boolean;
  /**
   * A Sidecar that imports nothing but exact hosts gets the one service that stands for the host in its namespace, not
   * the ports that younger entries add. Since 1.31. Source: `pilot/pkg/model/sidecar.go`, servicesForExactHosts.
   */
  readonly exactHostsImportOneService: boolean;
  /**
   * A `proxyVersion` pattern of an EnvoyFilter that is longer than 1,024 characters matches no proxy.
   * Since 1.31. Source: `pilot/pkg/model/envoyfilter.go`, convertToEnvoyFilterWrapper.
   */
  readonly boundsVersionPatterns: boolean;
  /**
   * A proxy whose pod istiod does not see is taken for the pod that its labels describe; before, istiod did not know the
   * labels yet when it looked. Since 1.31. Source: `pilot/pkg/xds/ads.go`, computeProxyState.
   */
  readonly findsTargetsByLabels: boolean;
  /**
   * Waypoints leave out DYNAMIC_DNS entries inside the mesh.
   * Since 1.30. Source: `pilot/pkg/networking/core/waypoint.go`, findWaypointResources.
   */
  readonly waypointsLeaveOutInternalDynamicDns: boolean;
  /**
   * Where no VirtualService routes a service, its waypoint routes as a client does, with the mesh's retries.
   * Since 1.30. Source: `pilot/pkg/networking/core/httproute.go`, buildSidecarInboundHTTPRouteConfig.
   */
  readonly waypointsRouteAsClients: boolean;
  /**
   * An `sds://` credential names the extension provider that serves it; since then it names the resource that the first
   * provider serves, or istiod where there is none.
   * Until 1.29. Source: `pilot/pkg/security/model/authentication.go`, ConstructSdsSecretConfigForCredential.
   */
  readonly namesSecretProviders: boolean;
  /**
   * Requests to an extension provider of secrets name its host.
   * Since 1.31. Source: `pilot/pkg/security/model/authentication.go`, ConstructSdsSecretConfigForCredentialSocket.
   */
  readonly namesSecretHosts: boolean;
  /**
   * The addresses by which a waypoint tells a service are sorted, each once.
   * Since 1.30. Source: `pilot/pkg/networking/core/listener_waypoint.go`, buildWaypointInternal.
   */
  readonly waypointsSortAddresses: boolean;
  /**
   * A waypoint matches no addresses for a service that has none; before, it sent a matcher that Envoy refuses.
   * Since 1.31. Source: `pilot/pkg/networking/core/listener_waypoint.go`, buildWaypointInternal.
   */
  readonly waypointsMatchOnlyAddresses: boolean;
  /**
   * Spans name the waypoint that made them; before, the service that it made them for.
   * Since 1.30. Source: `pilot/pkg/networking/core/tracing.go`, configureFromProviderConfig.
   */
  readonly waypointsTraceAsThemselves: boolean;
  /**
   * An entry with a range of addresses may use a waypoint; before, the range kept it out of the ambient mesh.
   * Since 1.30. Source: `pilot/pkg/serviceregistry/ambient/helpers.go`, parseCidrOrIP.
   */
  readonly waypointsTakeAddressRanges: boolean;
  /**
   * Where no VirtualService routes a service, its waypoint hashes requests as the DestinationRule says.
   * Since 1.31. Source: `pilot/pkg/networking/core/httproute.go`, buildSidecarInboundHTTPRouteConfig.
   */
  readonly waypointsHashRequests: boolean;
  /**
   * The annotation `ambient.istio.io/xfcc-include-client-identity` makes a waypoint tell applications who called.
   * Since 1.30. Source: `pilot/pkg/networking/core/listener_waypoint.go`, xfccIncludeClientIdentityEnabled.
   */
  readonly waypointsTellClientIdentity: boolean;
  /**
   * The webhook takes DYNAMIC_DNS entries with ports of protocol HTTP2 and GRPC, too.
   * Since 1.30. Source: `pkg/config/validation/validation.go`, ValidateServiceEntry.
   */
  readonly dynamicDnsTakesHttp2: boolean;
  /**
   * A DYNAMIC_DNS entry may be MESH_INTERNAL, as long as no waypoint serves it.
   * Since 1.30. Source: `pkg/config/validation/validation.go`, ValidateServiceEntry.
   */
  readonly dynamicDnsMayBeInternal: boolean;
  /**
   * A slow start's aggression must be above 0; before, at least 1.
   * Since 1.31. Source: `pkg/config/validation/validation.go`, validateLoadBalancer.
   */
  readonly aggressionMayBeBelowOne: boolean;
  /**
   * A patch may be merged so that its lists take the place of others (MERGE_AND_REPLACE_LIST).
   * Since 1.31. Source: `pkg/config/validation/envoyfilter/envoyfilter.go`.
   */
  readonly mergesAndReplacesLists: boolean;
}

const istio129: Profile = {
  version: '1.29',
  dynamicForwardProxyInSidecars: false,
  dynamicForwardProxyFollowsFamily: false,
  dnsConnectStrategy: false,
  failoverPriorityInDnsClusters: false,
  sendsUnhealthyEndpoints: false,
  turnsPanicOff: false,
  subsetEndpointsInheritTls: false,
  entriesNameWorkloads: false,
  repeatedAddressesCountOnce: false,
  freesStaleAddresses: false,
  prefersOldestDestination: false,
  defaultExportToNamesNamespaces: false,
  hidesAddressesOfOtherFamily: false,
  namespacesDistributeTraffic: false,
  sidecarsExcludeHosts: false,
  exactHostsImportOneService: false,
  boundsVersionPatterns: false,
  findsTargetsByLabels: false,
  waypointsLeaveOutInternalDynamicDns: false,
  waypointsRouteAsClients: false,
  namesSecretProviders: true,
  namesSecretHosts: false,
  waypointsSortAddresses: false,
  waypointsMatchOnlyAddresses: false,
  waypointsTraceAsThemselves: false,
  waypointsTakeAddressRanges: false,
  waypointsHashRequests: false,
  waypointsTellClientIdentity: false,
  dynamicDnsTakesHttp2: false,
  dynamicDnsMayBeInternal: false,
  aggressionMayBeBelowOne: false,
  mergesAndReplacesLists: false,
};

const istio130: Profile = {
  ...istio129,
  version: '1.30',
  dynamicForwardProxyInSidecars: true,
  dnsConnectStrategy: true,
  failoverPriorityInDnsClusters: true,
  entriesNameWorkloads: true,
  repeatedAddressesCountOnce: true,
  freesStaleAddresses: true,
  prefersOldestDestination: true,
  defaultExportToNamesNamespaces: true,
  hidesAddressesOfOtherFamily: true,
  namespacesDistributeTraffic: true,
  waypointsLeaveOutInternalDynamicDns: true,
  waypointsRouteAsClients: true,
  namesSecretProviders: false,
  waypointsSortAddresses: true,
  waypointsTraceAsThemselves: true,
  waypointsTakeAddressRanges: true,
  waypointsTellClientIdentity: true,
  dynamicDnsTakesHttp2: true,
  dynamicDnsMayBeInternal: true,
};

const istio131: Profile = {
  ...istio130,
  version: '1.31',
  dynamicForwardProxyFollowsFamily: true,
  sendsUnhealthyEndpoints: true,
  turnsPanicOff: true,
  subsetEndpointsInheritTls: true,
  namesSecretHosts: true,
  sidecarsExcludeHosts: true,
  exactHostsImportOneService: true,
  boundsVersionPatterns: true,
  findsTargetsByLabels: true,
  waypointsMatchOnlyAddresses: true,
  waypointsHashRequests: true,
  aggressionMayBeBelowOne: true,
  mergesAndReplacesLists: true,
};

const profiles: Readonly<Record<IstioVersion, Profile>> = { '1.29': istio129, '1.30': istio130, '1.31': istio131 };

export function selectProfile(version: IstioVersion): Profile {
  return profiles[version];
}
