import type { L4MatchAttributes, TLSMatchAttributes } from '../../../model/istio/virtual-service.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';

/**
 * Whether the conditions that do not depend on a connection hold: gateway, workload labels and namespace, and port.
 * The others (SNI, destination) become the chain's match.
 */
export function matchesStatically(
  match: TLSMatchAttributes | L4MatchAttributes,
  { proxy }: ProxyView,
  port: number,
): boolean {
  const { gateways = none, sourceLabels = anyLabels, sourceNamespace } = match;
  return (
    (gateways.length === 0 || gateways.includes('mesh')) &&
    Object.keys(sourceLabels).every((key) => proxy.labels[key] === sourceLabels[key]) &&
    (!match.port || match.port === port) &&
    (!sourceNamespace || sourceNamespace === proxy.namespace)
  );
}

const none: readonly string[] = [];
const anyLabels: NonNullable<TLSMatchAttributes['sourceLabels']> = {};
