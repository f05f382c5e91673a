import { indexPeerAuthentications, type MutualTlsMode } from '../../../registry/peer-authentication.ts';
import { frozen } from '../../../xds/frozen.ts';
import type { TransportSocket } from '../../../xds/types.ts';
import { buildMutualTlsContext } from '../../tls/downstream-tls-context.ts';
import { downstreamTlsSocket } from '../../tls/transport-socket.ts';
import type { ListenerContext } from '../listener-context.ts';

/** What the inbound listeners of one proxy share. */
export interface InboundContext extends ListenerContext {
  modeOf(port: number): MutualTlsMode;
  /** Ports with a mode of their own, ascending. */
  readonly portsWithMode: readonly number[];
  readonly mutualTls: Readonly<Record<'http' | 'tcp', TransportSocket>>;
}

export function buildInboundContext(context: ListenerContext): InboundContext {
  const { mesh, proxy } = context.view;
  const policies = indexPeerAuthentications(mesh.resources.PeerAuthentication, mesh.rootNamespace);
  const { mode, portModes } = policies.modeOfWorkload(proxy.namespace, proxy.labels);
  return {
    modeOf: (port) => portModes.get(port) ?? mode,
    portsWithMode: [...portModes.keys()].sort((a, b) => a - b),
    mutualTls: {
      http: frozen(downstreamTlsSocket(buildMutualTlsContext(context.view, 'http'))),
      tcp: frozen(downstreamTlsSocket(buildMutualTlsContext(context.view, 'tcp'))),
    },
    ...context,
  };
}
