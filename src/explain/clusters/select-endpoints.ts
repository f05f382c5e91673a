import { addressText } from '../../xds/address.ts';
import type { Cluster, ClusterLoadAssignment, LbEndpoint, UpstreamTlsContext } from '../../xds/types.ts';
import type { EndpointsStep, Explanation, RejectedCandidate } from '../explanation.ts';
import type { OutcomeCode } from '../outcomes.ts';
import { end, limitCandidates, precede, type Walk } from '../walk.ts';
import { assignmentOf, discoveryOf, endpointsIn, type PlacedEndpoint } from './cluster-endpoints.ts';
import { isMeshTls, upstreamTls } from './describe-cluster.ts';
import { forwardRequest } from './forward-request.ts';
import type { Upstream } from './upstream.ts';

const passthroughClusters: readonly string[] = ['PassthroughCluster', 'InboundPassthroughCluster'];

/** Whom the cluster connects to; the load balancer picks one of them. */
export function selectEndpoints(walk: Walk, cluster: Cluster, upstream: Upstream): Explanation {
  const discovery = discoveryOf(cluster);
  if (discovery === 'ORIGINAL_DST') return keepAddress(walk, cluster);
  if (discovery.endsWith('dynamic_forward_proxy')) return resolveName(walk, cluster, upstream);
  const assignment = assignmentOf(walk.snapshot, cluster);
  const placed = endpointsIn(assignment);
  const { usable, rejected, notes } = selectHealthy(cluster, placed);
  const internal = usable.find(({ endpoint }) => endpoint?.address?.envoyInternalAddress);
  const step: EndpointsStep = {
    kind: 'endpoints',
    endpoints: usable.slice(0, mostEndpoints).map(endpointText),
    ...(usable.length > 0 && { chosen: listText(usable.map(endpointText)) }),
    reason: usable.length > 0 ? reasonFor(discovery) : emptyReason(cluster, assignment, placed),
    rejected: limitCandidates(rejected, rejected.length),
    notes,
  };
  if (usable.length === 0) return unavailable(cluster, step, upstream);
  if (internal)
    return precede(
      step,
      {},
      walk.enterInternalListener(walk, internal.endpoint?.address?.envoyInternalAddress?.serverListenerName ?? ''),
    );
  const [first] = usable;
  const forwarded = first && forwardRequest(walk, cluster, first, upstream);
  return end(outcomeOf(walk, cluster), [step], forwarded ? { forwarded } : {});
}

const mostEndpoints = 50;

function unavailable({ name }: Cluster, step: EndpointsStep, { layer }: Upstream): Explanation {
  const outcome: OutcomeCode = name === 'BlackHoleCluster' ? 'blackhole-tcp' : 'no-healthy-upstream';
  return end(outcome, [step], layer === 'http' ? { responseCode: 503 } : {});
}

function keepAddress(walk: Walk, cluster: Cluster): Explanation {
  const { address, port } = walk.connection;
  const override = cluster.originalDstLbConfig?.upstreamPortOverride;
  const host = address.includes(':') ? `[${address}]` : address;
  const to = `${host}:${override ?? port}`;
  const passes = passthroughClusters.includes(cluster.name);
  const step: EndpointsStep = {
    kind: 'endpoints',
    endpoints: [to],
    chosen: to,
    reason: 'The address that the application connected to; nothing is resolved or balanced.',
    rejected: [],
    notes: passes ? passthroughNotes : [],
  };
  return end(passes ? 'passthrough' : outcomeOf(walk, cluster), [step]);
}

const passthroughNotes: readonly string[] = [
  'Metrics and access logs name PassthroughCluster as the destination; the host is not in them.',
  'Lost: routes, retries, timeouts, mirroring and faults of VirtualServices; TLS origination, load balancing, circuit breakers and outlier detection of DestinationRules.',
];

function resolveName(walk: Walk, cluster: Cluster, { layer, name }: Upstream): Explanation {
  const step: EndpointsStep = {
    kind: 'endpoints',
    endpoints: name === undefined ? [] : [name],
    ...(name !== undefined && { chosen: name }),
    reason:
      name === undefined
        ? 'The client names no host, so there is nothing to resolve.'
        : 'Envoy resolves this name when the connection is made, and caches the answer.',
    rejected: [],
    notes: [],
  };
  if (name === undefined) return unavailable(cluster, step, { layer });
  return end(outcomeOf(walk, cluster), [step]);
}

interface Healthy {
  readonly usable: readonly PlacedEndpoint[];
  readonly rejected: readonly RejectedCandidate[];
  readonly notes: readonly string[];
}

/** With too few healthy endpoints Envoy balances over all of them, unless that panic is switched off. */
function selectHealthy({ commonLbConfig }: Cluster, endpoints: readonly PlacedEndpoint[]): Healthy {
  const healthy = endpoints.filter(isHealthy);
  const panics =
    commonLbConfig?.healthyPanicThreshold === undefined || (commonLbConfig.healthyPanicThreshold.value ?? 0) > 0;
  if (healthy.length === 0 && panics && endpoints.length > 0)
    return { usable: endpoints, rejected: [], notes: ['No endpoint is healthy: Envoy panics and uses all of them.'] };
  const first = Math.min(...healthy.map(({ priority }) => priority));
  const lower = healthy.filter(({ priority }) => priority > first).length;
  return {
    usable: healthy,
    rejected: endpoints
      .filter((endpoint) => !isHealthy(endpoint))
      .map((endpoint) => ({ name: endpointText(endpoint), reason: `Its health is ${endpoint.healthStatus}.` })),
    notes:
      lower === 0
        ? []
        : [`${lower} of them have a lower priority: they are used when those of priority ${first} fail.`],
  };
}

function isHealthy({ healthStatus }: LbEndpoint): boolean {
  return healthStatus === undefined || !['UNHEALTHY', 'DRAINING', 'TIMEOUT'].includes(healthStatus);
}

function listText(endpoints: readonly string[]): string {
  const [shown, rest] = [endpoints.slice(0, 4), endpoints.length - 4];
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

function endpointText({ endpoint, endpointName }: LbEndpoint): string {
  return endpoint ? addressText(endpoint.address) : (endpointName ?? '');
}

function reasonFor(discovery: string): string {
  if (discovery === 'EDS') return 'istiod sent them; the load balancer picks one.';
  if (discovery === 'STATIC') return 'They are written in the configuration; the load balancer picks one.';
  return 'Envoy resolves these names itself, again and again in the background, whatever the application resolved.';
}

function emptyReason(
  cluster: Cluster,
  assignment: ClusterLoadAssignment | undefined,
  placed: readonly PlacedEndpoint[],
): string {
  if (placed.length > 0) return 'None of the endpoints is healthy.';
  if (cluster.name === 'BlackHoleCluster') return 'BlackHoleCluster has no endpoints: it exists to drop connections.';
  if (discoveryOf(cluster) === 'EDS' && !assignment) return 'istiod sent no endpoints for the cluster.';
  return 'The cluster has no endpoints.';
}

/** TLS in TLS works only between proxies of the mesh, where both ends know of it. */
function outcomeOf({ connection }: Walk, cluster: Cluster): OutcomeCode {
  const tls = upstreamTls(cluster.transportSocket);
  return connection.tls && tls !== undefined && isOrigination(tls) ? 'double-tls' : 'routed';
}

function isOrigination(tls: UpstreamTlsContext): boolean {
  return !isMeshTls(tls);
}
