import type { Server, ServerTLSSettings } from '../../model/istio/gateway.ts';
import { isHttp, type Protocol, parseProtocol } from '../../model/protocol.ts';
import type { Metadata } from '../../model/resource.ts';
import { qualifyHosts, withoutNamespaces } from './server-hosts.ts';

/** One server of a Gateway, on the port of the workload at which it is reached. */
export interface GatewayServer {
  /** `namespace/name` of its Gateway, as VirtualServices name it. */
  readonly gateway: string;
  readonly metadata: Metadata;
  /** Where the server stands in its Gateway's list. */
  readonly index: number;
  readonly name: string;
  /** As the Gateway gives it; matches of VirtualServices mean this one. */
  readonly port: { readonly name: string; readonly number: number; readonly protocol: Protocol };
  /** The protocol as it is written: servers that spell it differently do not share their ports. */
  readonly protocolText: string;
  /** What the gateway listens on: the target port of its service. */
  readonly targetPort: number;
  readonly bind: string;
  /** `host` or `namespace/host`. */
  readonly hosts: readonly string[];
  /** The hosts without their namespaces, each once, in order: what a TLS client may ask for. */
  readonly sniHosts: readonly string[];
  readonly tls?: ServerTLSSettings;
  /** How it ends a connection. Source: istio `pkg/config/gateway/gateway.go`. */
  readonly kind: ServerKind;
  /** Empty for servers that do not end in HTTP. */
  readonly routeName: string;
}

export type ServerKind =
  /** Plain text, perhaps only to redirect to HTTPS. */
  | 'http'
  /** Ends TLS, then HTTP. */
  | 'https'
  /** Ends TLS, then whatever comes. */
  | 'tls-termination'
  /** Looks at the SNI and passes TLS on. */
  | 'tls-passthrough'
  /** Passes everything on. */
  | 'tcp';

export interface ServerPlace {
  readonly metadata: Metadata;
  readonly index: number;
  readonly targetPort: number;
}

/** Absent for a server without port, which the admission webhook refuses. */
export function readServer(server: Server, { metadata, index, targetPort }: ServerPlace): GatewayServer | undefined {
  if (!server.port) return undefined;
  const { bind = '', tls } = server;
  const protocolText = server.port.protocol ?? '';
  const port = {
    name: server.port.name ?? '',
    number: server.port.number ?? 0,
    protocol: parseProtocol(protocolText),
  };
  const kind = serverKind(port.protocol, tls);
  const hosts = qualifyHosts(server.hosts ?? [], metadata.namespace);
  return {
    gateway: `${metadata.namespace}/${metadata.name}`,
    metadata,
    index,
    name: server.name ?? '',
    port,
    protocolText,
    targetPort,
    bind,
    hosts,
    sniHosts: withoutNamespaces(hosts),
    ...(tls && { tls }),
    kind,
    routeName: routeNameOf({ kind, metadata, port, targetPort, bind }),
  };
}

function serverKind(protocol: Protocol, tls: ServerTLSSettings | undefined): ServerKind {
  if (isHttp(protocol)) return 'http';
  if (!tls) return 'tcp';
  const { mode = 'PASSTHROUGH' } = tls;
  if (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') return 'tls-passthrough';
  return protocol === 'HTTPS' ? 'https' : 'tls-termination';
}

/**
 * The route configuration of a server: plain HTTP servers of a port share one, `http.8080`; each HTTPS server has its
 * own, `https.443.https.my-gateway.my-namespace`, since its certificates are for its hosts alone.
 * Source: istio `pilot/pkg/model/gateway.go`, gatewayRDSRouteName.
 */
function routeNameOf({
  kind,
  metadata,
  port,
  targetPort,
  bind,
}: Pick<GatewayServer, 'kind' | 'metadata' | 'port' | 'targetPort' | 'bind'>): string {
  const suffix = bind === '' ? '' : `.${bind}`;
  if (kind === 'http') return `http.${targetPort}${suffix}`;
  if (kind === 'https') return `https.${port.number}.${port.name}.${metadata.name}.${metadata.namespace}${suffix}`;
  return '';
}

/** Servers of TLS share a port by their hosts. */
export function isTlsServer({ kind }: GatewayServer): boolean {
  return kind === 'https' || kind === 'tls-termination' || kind === 'tls-passthrough';
}

/** Servers with routes. */
export function isHttpServer({ kind }: GatewayServer): boolean {
  return kind === 'http' || kind === 'https';
}
