import { enumeration, type Infer, int32, list, map, message, string, struct, uint32 } from './schema.ts';
import { policyTargetReference } from './selector.ts';
import { workloadSelector } from './workload-entry.ts';

export const applyTo = enumeration({
  INVALID: 0,
  LISTENER: 1,
  FILTER_CHAIN: 2,
  NETWORK_FILTER: 3,
  HTTP_FILTER: 4,
  ROUTE_CONFIGURATION: 5,
  VIRTUAL_HOST: 6,
  HTTP_ROUTE: 7,
  CLUSTER: 8,
  EXTENSION_CONFIG: 9,
  BOOTSTRAP: 10,
  LISTENER_FILTER: 11,
});
export type ApplyTo = Infer<typeof applyTo>;

export const patchContext = enumeration({ ANY: 0, SIDECAR_INBOUND: 1, SIDECAR_OUTBOUND: 2, GATEWAY: 3, WAYPOINT: 4 });
export type PatchContext = Infer<typeof patchContext>;

export const proxyMatch = message('ProxyMatch', {
  proxyVersion: string(),
  metadata: map(string()),
});
export interface ProxyMatch extends Infer<typeof proxyMatch> {}

export const subFilterMatch = message('SubFilterMatch', {
  name: string(),
});
export interface SubFilterMatch extends Infer<typeof subFilterMatch> {}

export const filterMatch = message('FilterMatch', {
  name: string(),
  subFilter: subFilterMatch,
});
export interface FilterMatch extends Infer<typeof filterMatch> {}

export const filterChainMatch = message('FilterChainMatch', {
  name: string(),
  sni: string(),
  transportProtocol: string(),
  applicationProtocols: string(),
  filter: filterMatch,
  destinationPort: uint32(),
});
export interface FilterChainMatch extends Infer<typeof filterChainMatch> {}

export const listenerMatch = message('ListenerMatch', {
  portNumber: uint32(),
  portName: string(),
  filterChain: filterChainMatch,
  listenerFilter: string(),
  name: string(),
});
export interface ListenerMatch extends Infer<typeof listenerMatch> {}

export const action = enumeration({ ANY: 0, ROUTE: 1, REDIRECT: 2, DIRECT_RESPONSE: 3 });
export type Action = Infer<typeof action>;

export const routeMatch = message('RouteMatch', {
  name: string(),
  action,
});
export interface RouteMatch extends Infer<typeof routeMatch> {}

export const virtualHostMatch = message('VirtualHostMatch', {
  name: string(),
  domainName: string(),
  route: routeMatch,
});
export interface VirtualHostMatch extends Infer<typeof virtualHostMatch> {}

export const routeConfigurationMatch = message('RouteConfigurationMatch', {
  portNumber: uint32(),
  portName: string(),
  gateway: string(),
  vhost: virtualHostMatch,
  name: string(),
});
export interface RouteConfigurationMatch extends Infer<typeof routeConfigurationMatch> {}

export const clusterMatch = message('ClusterMatch', {
  portNumber: uint32(),
  service: string(),
  subset: string(),
  name: string(),
});
export interface ClusterMatch extends Infer<typeof clusterMatch> {}

export const waypointMatchRouteMatch = message('WaypointMatchRouteMatch', {
  name: string(),
});
export interface WaypointMatchRouteMatch extends Infer<typeof waypointMatchRouteMatch> {}

export const filterMatchSubFilterMatch = message('FilterMatchSubFilterMatch', {
  name: string(),
});
export interface FilterMatchSubFilterMatch extends Infer<typeof filterMatchSubFilterMatch> {}

export const waypointMatchFilterMatch = message('WaypointMatchFilterMatch', {
  name: string(),
  subFilter: filterMatchSubFilterMatch,
});
export interface WaypointMatchFilterMatch extends Infer<typeof waypointMatchFilterMatch> {}

export const waypointMatch = message('WaypointMatch', {
  portNumber: uint32(),
  route: waypointMatchRouteMatch,
  filter: waypointMatchFilterMatch,
});
export interface WaypointMatch extends Infer<typeof waypointMatch> {}

export const envoyConfigObjectMatch = message(
  'EnvoyConfigObjectMatch',
  {
    context: patchContext,
    proxy: proxyMatch,
    listener: listenerMatch,
    routeConfiguration: routeConfigurationMatch,
    cluster: clusterMatch,
    waypoint: waypointMatch,
  },
  { oneOf: [['listener', 'routeConfiguration', 'cluster', 'waypoint']] },
);
export interface EnvoyConfigObjectMatch extends Infer<typeof envoyConfigObjectMatch> {}

export const operation = enumeration({
  INVALID: 0,
  MERGE: 1,
  ADD: 2,
  REMOVE: 3,
  INSERT_BEFORE: 4,
  INSERT_AFTER: 5,
  INSERT_FIRST: 6,
  REPLACE: 7,
  MERGE_AND_REPLACE_LIST: 8,
});
export type Operation = Infer<typeof operation>;

export const filterClass = enumeration({ UNSPECIFIED: 0, AUTHN: 1, AUTHZ: 2, STATS: 3 });
export type FilterClass = Infer<typeof filterClass>;

export const patch = message('Patch', {
  operation,
  value: struct(),
  filterClass,
});
export interface Patch extends Infer<typeof patch> {}

export const envoyConfigObjectPatch = message('EnvoyConfigObjectPatch', {
  applyTo,
  match: envoyConfigObjectMatch,
  patch,
});
export interface EnvoyConfigObjectPatch extends Infer<typeof envoyConfigObjectPatch> {}

export const envoyFilter = message('EnvoyFilter', {
  workloadSelector,
  targetRefs: list(policyTargetReference),
  configPatches: list(envoyConfigObjectPatch),
  priority: int32(),
});
export interface EnvoyFilter extends Infer<typeof envoyFilter> {}
