/** The protocols of a service port, spelled as istiod spells them. `Unsupported` means: unknown or unset, so it is sniffed. */
export type Protocol =
  | 'GRPC'
  | 'GRPC-Web'
  | 'HTTP'
  | 'HTTP_PROXY'
  | 'HTTP2'
  | 'HTTPS'
  | 'TCP'
  | 'TLS'
  | 'UDP'
  | 'Mongo'
  | 'Redis'
  | 'MySQL'
  | 'HBONE'
  | 'Unsupported';

/** By their names in lower case, and as istiod spells them, which is how most are written. */
const protocolsByName: ReadonlyMap<string, Protocol> = new Map(
  (
    [
      'GRPC',
      'GRPC-Web',
      'HTTP',
      'HTTP_PROXY',
      'HTTP2',
      'HTTPS',
      'TCP',
      'TLS',
      'UDP',
      'Mongo',
      'Redis',
      'MySQL',
    ] as const
  ).flatMap((p) => [
    [p, p],
    [p.toLowerCase(), p],
  ]),
);

/** Reads a protocol without regard to case; anything unknown is `Unsupported`. Source: istio `pkg/config/protocol/instance.go`. */
export function parseProtocol(text: string): Protocol {
  return protocolsByName.get(text) ?? protocolsByName.get(text.toLowerCase()) ?? 'Unsupported';
}

const http: ReadonlySet<Protocol> = new Set(['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-Web']);
const http2: ReadonlySet<Protocol> = new Set(['HTTP2', 'GRPC', 'GRPC-Web']);
const tcp: ReadonlySet<Protocol> = new Set(['TCP', 'HTTPS', 'TLS', 'Mongo', 'Redis', 'MySQL']);

export const isHttp = (protocol: Protocol): boolean => http.has(protocol);
export const isHttp2 = (protocol: Protocol): boolean => http2.has(protocol);
export const isTcp = (protocol: Protocol): boolean => tcp.has(protocol);
export const isTls = (protocol: Protocol): boolean => protocol === 'HTTPS' || protocol === 'TLS';
export const isSniffed = (protocol: Protocol): boolean => protocol === 'Unsupported';
export const isHttpOrSniffed = (protocol: Protocol): boolean => isHttp(protocol) || isSniffed(protocol);
