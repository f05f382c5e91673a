import type { PortTrafficPolicy, TrafficPolicy } from '../model/istio/destination-rule.ts';

/** A policy for one port of one cluster: port-level settings are already taken in. */
export type PortPolicy = Omit<TrafficPolicy, 'portLevelSettings'>;

/**
 * The policy of a service port, as it stands in the rule. A port's own settings replace the whole policy: what they leave out gets its default.
 * Source: istio `pilot/pkg/networking/util/util.go`, GetPortLevelTrafficPolicy.
 */
export function selectPortPolicy(policy: TrafficPolicy | undefined, port: number): PortPolicy | undefined {
  return portLevelSettings(policy, port) ?? policy;
}

/**
 * The policy of a subset: its own settings, over those of the whole rule. Where it has settings for the port,
 * these hide the rule's connection pool, load balancer, outlier detection and TLS even by leaving them out.
 * Source: istio `pilot/pkg/networking/util/util.go`, MergeSubsetTrafficPolicy.
 */
export function mergeSubsetPolicy(
  ofRule: PortPolicy | undefined,
  ofSubset: TrafficPolicy | undefined,
  port: number,
): PortPolicy | undefined {
  if (!ofSubset) return ofRule;
  const ofPort = portLevelSettings(ofSubset, port);
  if (!ofRule) return ofPort ?? ofSubset;
  if (!ofPort) return { ...ofRule, ...ofSubset };
  const { tunnel, proxyProtocol, retryBudget } = ofRule;
  return {
    ...(tunnel && { tunnel }),
    ...(proxyProtocol && { proxyProtocol }),
    ...(retryBudget && { retryBudget }),
    ...withoutPort(ofPort),
  };
}

function portLevelSettings(policy: TrafficPolicy | undefined, number: number): PortTrafficPolicy | undefined {
  return policy?.portLevelSettings?.find(({ port }) => port && (port.number ?? 0) === number);
}

function withoutPort({ port: _, ...settings }: PortTrafficPolicy): PortPolicy {
  return settings;
}
