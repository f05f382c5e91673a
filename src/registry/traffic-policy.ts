import type { TrafficPolicy } from '../model/istio/destination-rule.ts';

/** A policy for one port of one cluster: port-level settings are already taken in. */
export type PortPolicy = Omit<TrafficPolicy, 'portLevelSettings'>;

/**
 * The policy of a service port. A port's own settings replace the whole policy: what they leave out gets its default.
 * Source: istio `pilot/pkg/networking/util/util.go`, GetPortLevelTrafficPolicy.
 */
export function selectPortPolicy(policy: TrafficPolicy | undefined, port: number): PortPolicy | undefined {
  const ofPort = portLevelSettings(policy, port);
  return ofPort ?? policy;
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
  const own = ofPort ?? ofSubset;
  if (!ofRule) return own;
  if (!ofPort) return { ...ofRule, ...own };
  const { tunnel, proxyProtocol, retryBudget } = ofRule;
  return {
    ...(tunnel && { tunnel }),
    ...(proxyProtocol && { proxyProtocol }),
    ...(retryBudget && { retryBudget }),
    ...own,
  };
}

function portLevelSettings(policy: TrafficPolicy | undefined, port: number): PortPolicy | undefined {
  const found = policy?.portLevelSettings?.find((settings) => settings.port && (settings.port.number ?? 0) === port);
  if (!found) return undefined;
  const { connectionPool, loadBalancer, outlierDetection, tls } = found;
  return {
    ...(connectionPool && { connectionPool }),
    ...(loadBalancer && { loadBalancer }),
    ...(outlierDetection && { outlierDetection }),
    ...(tls && { tls }),
  };
}
