import type { Endpoint } from '../../model/endpoint.ts';
import type { Subset, TLSmode, TrafficPolicy } from '../../model/istio/destination-rule.ts';
import type { Port } from '../../model/service.ts';
import type { Profile } from '../../profiles/profile.ts';
import { modeOfPort, type PeerAuthentications } from '../../registry/peer-authentication.ts';
import type { SelectedDestinationRule } from '../../registry/proxy-view.ts';

export interface EndpointMutualTlsInput {
  readonly port: Port;
  readonly rule: SelectedDestinationRule | undefined;
  readonly subset?: Subset | undefined;
  readonly peerAuthentications: PeerAuthentications;
  readonly profile: Profile;
}

/**
 * Whether a client that lets each endpoint choose gets mutual TLS from this one: its workload must speak it, and
 * neither the rule nor the workload's PeerAuthentication may be against it.
 * Source: istio `pilot/pkg/xds/endpoints/mtls_checker.go`.
 */
export function speaksMutualTls(
  { tlsMode, namespace, labels, port: endpointPort }: Endpoint,
  { port, rule, subset, peerAuthentications, profile }: EndpointMutualTlsInput,
): boolean {
  if (tlsMode !== 'istio') return false;
  const wanted =
    (subset && modeOfPolicy(subset.trafficPolicy, port.number)) ??
    (!subset || profile.subsetEndpointsInheritTls ? modeOfPolicy(rule?.spec.trafficPolicy, port.number) : undefined);
  if (wanted) return wanted === 'ISTIO_MUTUAL';
  return modeOfPort(peerAuthentications.modeOfWorkload(namespace, labels), endpointPort) !== 'DISABLE';
}

/** Unlike for the cluster, settings of the port without TLS do not hide the policy's. */
function modeOfPolicy(policy: TrafficPolicy | undefined, port: number): TLSmode | undefined {
  const ofPort = policy?.portLevelSettings?.find((settings) => (settings.port?.number ?? 0) === port && settings.tls);
  const tls = ofPort?.tls ?? policy?.tls;
  return tls && (tls.mode ?? 'DISABLE');
}
