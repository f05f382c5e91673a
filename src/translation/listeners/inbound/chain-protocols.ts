import { isHttp, isTcp, type Protocol } from '../../../model/protocol.ts';
import type { MutualTlsMode } from '../../../registry/peer-authentication.ts';
import { frozen } from '../../../xds/frozen.ts';

/** One of the kinds of connection that a port accepts. */
export interface AcceptedConnection {
  readonly traffic: 'http' | 'tcp';
  readonly transportProtocol: 'tls' | 'raw_buffer';
  /** What the client names in the handshake, or what the HTTP inspector finds in plain text. */
  readonly applicationProtocols?: readonly string[];
  /** The proxy ends the mutual TLS of the mesh; other TLS goes through to the application. */
  readonly terminatesTls: boolean;
}

const plainHttpAlpn = ['http/1.1', 'h2c'];
const meshHttpAlpn = ['istio-http/1.0', 'istio-http/1.1', 'istio-h2'];
const meshTcpAlpn = ['istio-peer-exchange', 'istio'];
export const meshAlpn: readonly string[] = ['istio', 'istio-peer-exchange', ...meshHttpAlpn];

type Traffic = AcceptedConnection['traffic'];
const plain = (traffic: Traffic, applicationProtocols?: readonly string[]): AcceptedConnection => ({
  traffic,
  transportProtocol: 'raw_buffer',
  ...(applicationProtocols && { applicationProtocols }),
  terminatesTls: false,
});
const mutualTls = (traffic: Traffic, applicationProtocols?: readonly string[]): AcceptedConnection => ({
  traffic,
  transportProtocol: 'tls',
  ...(applicationProtocols && { applicationProtocols }),
  terminatesTls: true,
});
const foreignTls: AcceptedConnection = { traffic: 'tcp', transportProtocol: 'tls', terminatesTls: false };

/**
 * What a port accepts, by its protocol and the workload's mutual TLS, in the order of istiod's filter chains. Ports of
 * unknown protocol tell HTTP from TCP in each connection. Source: istio `filterchain_options.go`.
 */
const accepted: Readonly<
  Record<'http' | 'tcp' | 'sniffed', Readonly<Record<MutualTlsMode, readonly AcceptedConnection[]>>>
> = frozen({
  http: {
    STRICT: [mutualTls('http')],
    PERMISSIVE: [mutualTls('http', meshAlpn), plain('http')],
    DISABLE: [plain('http')],
  },
  tcp: {
    STRICT: [mutualTls('tcp')],
    PERMISSIVE: [mutualTls('tcp', meshAlpn), foreignTls, plain('tcp')],
    DISABLE: [plain('tcp')],
  },
  sniffed: {
    STRICT: [mutualTls('http', meshHttpAlpn), mutualTls('tcp')],
    PERMISSIVE: [
      mutualTls('http', meshHttpAlpn),
      plain('http', plainHttpAlpn),
      mutualTls('tcp', meshTcpAlpn),
      plain('tcp'),
      foreignTls,
    ],
    DISABLE: [plain('http', plainHttpAlpn), plain('tcp')],
  },
});

export function acceptedConnections(protocol: Protocol, mode: MutualTlsMode): readonly AcceptedConnection[] {
  // A port of UDP has TCP chains, too: istiod does not leave it out here.
  const traffic = isHttp(protocol) ? 'http' : isTcp(protocol) || protocol === 'UDP' ? 'tcp' : 'sniffed';
  return accepted[traffic][mode];
}
