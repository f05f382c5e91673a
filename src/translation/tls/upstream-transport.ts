import type { Cluster } from '../../xds/types.ts';
import type { ClientTls } from './client-tls.ts';
import { planServerIdentity, type ServerIdentity } from './server-identity.ts';
import { autoMutualTlsMatches, upstreamTlsSocket } from './transport-socket.ts';
import { buildUpstreamTlsContext, type UpstreamTlsInput } from './upstream-tls-context.ts';

export interface UpstreamTransportInput extends Omit<UpstreamTlsInput, 'settings'> {
  readonly tls: ClientTls | undefined;
  /** ORIGINAL_DST clusters do not know their endpoints, so that nothing can be matched for each of them. */
  readonly matchesEndpoints: boolean;
  /** Whether the DestinationRule may name credentials: those without a workload selector are for gateways alone. */
  readonly mayUseCredentials: boolean;
}

export interface UpstreamTransport extends Pick<Cluster, 'transportSocket' | 'transportSocketMatches'> {
  readonly serverIdentity?: ServerIdentity;
}

/** How a cluster connects: in plain text, with TLS, or as each endpoint wants it. */
export function buildUpstreamTransport(input: UpstreamTransportInput): UpstreamTransport {
  const { tls, isDynamic } = input;
  if (!tls) return {};
  const { settings, origin } = tls;
  const { mode } = settings;
  if ((mode === 'SIMPLE' || mode === 'MUTUAL') && namesForeignCredential(input)) return {};

  // MUTUAL without certificate and key keeps its identity checks although no TLS is originated.
  const followsRequest = mode === 'SIMPLE' || mode === 'MUTUAL' || (mode === 'ISTIO_MUTUAL' && isDynamic);
  const identity = followsRequest && { serverIdentity: planServerIdentity(settings, isDynamic) };
  const context = buildUpstreamTlsContext({ ...input, settings });
  if (!context) return { ...identity };

  const socket = upstreamTlsSocket(context);
  const isAutoMutual = origin === 'detected' && mode === 'ISTIO_MUTUAL' && input.matchesEndpoints;
  return isAutoMutual
    ? { transportSocketMatches: autoMutualTlsMatches(socket), ...identity }
    : { transportSocket: socket, ...identity };
}

/**
 * A sidecar that may not read the secret would wait for it for ever. ConfigMaps are open to everybody.
 */
function namesForeignCredential({ tls, mayUseCredentials }: UpstreamTransportInput): boolean {
  const credentialName = tls?.settings.credentialName ?? '';
  return credentialName !== '' && !credentialName.startsWith('configmap://') && !mayUseCredentials;
}
