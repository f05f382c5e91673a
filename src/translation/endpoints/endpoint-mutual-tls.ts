import type { Endpoint } from '../../model/endpoint.ts';
import type { Subset, TLSmode, TrafficPolicy } from '../../model/istio/destination-rule.ts';
import type { Port } from '../../model/service.ts';
import { modeOfPort, type PeerAuthentications } from '../../registry/peer-authentication.ts';
import type { ProxyView, SelectedDestinationRule } from '../../registry/proxy-view.ts';

export interface EndpointMutualTlsInput {
  readonly port: Port;
  readonly rule: SelectedDestinationRule | undefined;
  readonly subset?: Subset | undefined;
  /** The cluster is for a part of the service that no rule describes: what the rule says of the whole does not count. */
  readonly isUnknownSubset?: boolean;
}

export interface MutualTlsContext {
  readonly view: ProxyView;
  readonly peerAuthentications: PeerAuthentications;
}

/**
 * Whether a client that lets each endpoint choose gets mutual TLS from this one: its workload must speak it, and
 * neither the rule nor the workload's PeerAuthentication may be against it.
 * Source: istio `pilot/pkg/xds/endpoints/mtls_checker.go`.
 */
export function speaksMutualTls(
  { workload: { tlsMode, namespace, labels }, port: endpointPort }: Endpoint,
  input: EndpointMutualTlsInput,
  { view, peerAuthentications }: MutualTlsContext,
): boolean {
  if (tlsMode !== 'istio') return false;
  const wanted = modeOfRule(input, view);
  if (wanted) return wanted === 'ISTIO_MUTUAL';
  return modeOfPort(peerAuthentications.modeOfWorkload(namespace, labels), endpointPort) !== 'DISABLE';
}

function modeOfRule(
  { port, rule, subset, isUnknownSubset }: EndpointMutualTlsInput,
  { mesh }: ProxyView,
): TLSmode | undefined {
  if (isUnknownSubset) return undefined;
  const ofSubset = modeOfPolicy(subset?.trafficPolicy, port.number);
  if (ofSubset) return ofSubset;
  const ofRule = modeOfPolicy(rule?.spec.trafficPolicy, port.number);
  return ofRule && subset && !mesh.profile.subsetEndpointsInheritTls ? undefined : ofRule;
}

/** Unlike for the cluster, settings of the port without TLS do not hide the policy's. */
function modeOfPolicy(policy: TrafficPolicy | undefined, port: number): TLSmode | undefined {
  const ofPort = policy?.portLevelSettings?.find((settings) => (settings.port?.number ?? 0) === port && settings.tls);
  const tls = ofPort?.tls ?? policy?.tls;
  return tls && (tls.mode ?? 'DISABLE');
}
