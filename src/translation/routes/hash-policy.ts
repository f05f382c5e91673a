import type { ConsistentHashLB, TrafficPolicy } from '../../model/istio/destination-rule.ts';
import type { Destination } from '../../model/istio/virtual-service.ts';
import type { Port } from '../../model/service.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import type { RouteActionHashPolicy } from '../../xds/types.ts';

/** What of a request decides over the endpoint. Source: istio `pilot/pkg/networking/core/route/route.go`. */
export function buildHashPolicy(hash: ConsistentHashLB | undefined): readonly RouteActionHashPolicy[] {
  if (!hash) return none;
  const { httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName } = hash;
  if (httpHeaderName !== undefined) return [{ header: { headerName: httpHeaderName } }];
  if (httpCookie) return [{ cookie: buildCookie(httpCookie) }];
  if (useSourceIp !== undefined) return [{ connectionProperties: useSourceIp ? { sourceIp: true } : {} }];
  if (httpQueryParameterName !== undefined) return [{ queryParameter: { name: httpQueryParameterName } }];
  return none;
}

const none: readonly RouteActionHashPolicy[] = [];

/** Envoy sets the cookie itself where it has a lifetime. */
function buildCookie({
  name = '',
  path,
  ttl,
  attributes = [],
}: NonNullable<ConsistentHashLB['httpCookie']>): NonNullable<RouteActionHashPolicy['cookie']> {
  return {
    name,
    ...(ttl !== undefined && { ttl }),
    ...(path && { path }),
    ...(attributes.length > 0 && {
      attributes: attributes.map((attribute) => ({
        name: attribute.name ?? '',
        ...(attribute.value && { value: attribute.value }),
      })),
    }),
  };
}

/** The hash for a service that no VirtualService routes to: that of its port, or of its DestinationRule as a whole. */
export function hashOfService(view: ProxyView, hostname: string, port: Port): ConsistentHashLB | undefined {
  const policy = ruleOf(view, hostname)?.trafficPolicy;
  return hashOfPort(policy, port.number) ?? policy?.loadBalancer?.consistentHash;
}

/**
 * The hash for a destination of a VirtualService, the narrowest first: port of the subset, subset, port, whole rule.
 * Port settings count only where the destination names its port.
 */
export function hashOfDestination(view: ProxyView, destination: Destination): ConsistentHashLB | undefined {
  const rule = ruleOf(view, destination.host ?? '');
  if (!rule) return undefined;
  const subset = rule.subsets?.find(({ name = '' }) => name === (destination.subset ?? ''));
  const port = destination.port && (destination.port.number ?? 0);
  return (
    hashOfPort(subset?.trafficPolicy, port) ??
    subset?.trafficPolicy?.loadBalancer?.consistentHash ??
    hashOfPort(rule.trafficPolicy, port) ??
    rule.trafficPolicy?.loadBalancer?.consistentHash
  );
}

/** The first setting for the port decides, even if it says nothing about hashing. */
function hashOfPort(policy: TrafficPolicy | undefined, port: number | undefined): ConsistentHashLB | undefined {
  if (port === undefined) return undefined;
  const setting = policy?.portLevelSettings?.find((candidate) => (candidate.port?.number ?? 0) === port);
  return setting?.loadBalancer?.consistentHash;
}

function ruleOf(view: ProxyView, hostname: string) {
  return view.knownByName.get(hostname)?.outboundRule?.spec;
}
