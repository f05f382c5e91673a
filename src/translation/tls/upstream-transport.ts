import type { Cluster, TransportSocket } from '../../xds/types.ts';
import type { ClientTls } from './client-tls.ts';
import { planServerIdentity, type ServerIdentity } from './server-identity.ts';
import { autoMutualTlsMatches, upstreamTlsSocket } from './transport-socket.ts';
import { tunnelAroundTls, tunnelBeforeMatches, tunnelOrMutualTls, tunnelOrPlainText } from './tunnel-matches.ts';
import { buildUpstreamTlsContext, type UpstreamTlsInput } from './upstream-tls-context.ts';

export interface UpstreamTransportInput extends UpstreamTlsInput {
  readonly tls: ClientTls | undefined;
  /** ORIGINAL_DST clusters do not know their endpoints, so that nothing can be matched for each of them. */
  readonly matchesEndpoints: boolean;
  /** Whether the DestinationRule may name credentials: those without a workload selector are for gateways alone. */
  readonly mayUseCredentials: boolean;
  /** Whether endpoints may be reached through the tunnels of an ambient mesh. */
  readonly usesTunnels: boolean;
}

type Sockets = Pick<Cluster, 'transportSocket' | 'transportSocketMatches'>;

export interface UpstreamTransport extends Sockets {
  readonly serverIdentity?: ServerIdentity;
}

/** How a cluster connects: in plain text, with TLS, or as each endpoint wants it. */
export function buildUpstreamTransport(input: UpstreamTransportInput): UpstreamTransport {
  const { tls, isDynamic } = input;
  if (!tls) return input.usesTunnels ? { transportSocketMatches: tunnelOrPlainText } : noSockets;
  const { settings } = tls;
  const { mode } = settings;
  const originates = mode === 'SIMPLE' || mode === 'MUTUAL';
  if (originates && namesForeignCredential(input)) return withoutTls(input);

  const context = buildUpstreamTlsContext(settings, input);
  // MUTUAL without certificate and key keeps its identity checks although no TLS is originated.
  if (!context && mode !== 'MUTUAL') return withoutTls(input);
  const sockets = context ? chooseSockets(input, tls, upstreamTlsSocket(context)) : noSockets;
  const followsRequest = originates || isDynamic;
  return followsRequest ? { serverIdentity: planServerIdentity(settings, isDynamic), ...sockets } : sockets;
}

function chooseSockets(
  { matchesEndpoints, usesTunnels }: UpstreamTransportInput,
  { settings: { mode }, origin }: ClientTls,
  socket: TransportSocket,
): Sockets {
  if (!matchesEndpoints) return { transportSocket: socket };
  if (origin === 'detected' && mode === 'ISTIO_MUTUAL') {
    const matches = autoMutualTlsMatches(socket);
    return { transportSocketMatches: usesTunnels ? tunnelBeforeMatches(matches) : matches };
  }
  if (!usesTunnels) return { transportSocket: socket };
  return { transportSocketMatches: mode === 'ISTIO_MUTUAL' ? tunnelOrMutualTls(socket) : tunnelAroundTls(socket) };
}

const noSockets: Sockets = {};

function withoutTls({ matchesEndpoints, usesTunnels }: UpstreamTransportInput): Sockets {
  return usesTunnels && matchesEndpoints ? { transportSocketMatches: tunnelOrPlainText } : noSockets;
}

/**
 * A sidecar that may not read the secret would wait for it for ever. ConfigMaps are open to everybody.
 */
function namesForeignCredential({ tls, mayUseCredentials }: UpstreamTransportInput): boolean {
  const credentialName = tls?.settings.credentialName ?? '';
  return credentialName !== '' && !credentialName.startsWith('configmap://') && !mayUseCredentials;
}
