import type { Request } from '../model/scenario.ts';

export type { Request } from '../model/scenario.ts';

/** Where a request without an address is sent: an address that no resource registers. */
export const unregisteredAddress = '1.3.3.7';

/** The request with every default filled in: what arrives at the proxy. */
export interface Connection {
  readonly address: string;
  readonly port: number;
  readonly protocol: Request['protocol'];
  /** The client opens with a TLS ClientHello; what it says inside stays hidden unless the proxy ends TLS. */
  readonly tls: boolean;
  readonly sni?: string;
  /** Protocols the client offers inside the ClientHello. */
  readonly alpn: readonly string[];
  /** The authority: `Host` or `:authority`. */
  readonly host: string;
  /** With the query. */
  readonly path: string;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** What remains when a proxy ends the TLS: the same without TLS, unless this says otherwise. */
  readonly inside?: Connection;
}

export function readRequest(request: Request): Connection {
  const address = request.address ?? unregisteredAddress;
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    address,
    port: request.port,
    protocol: request.protocol,
    tls: request.tls !== undefined && request.tls !== '',
    ...(request.sni !== undefined && request.sni !== '' && { sni: request.sni.toLowerCase() }),
    alpn: (request.alpn ?? '').split(',').filter((name) => name !== ''),
    host: request.host ?? headers.host ?? headers[':authority'] ?? defaultHost(address, request.port),
    path: request.path === undefined || request.path === '' ? '/' : request.path,
    method: request.method ?? 'GET',
    headers,
    ...(request.inside && { inside: readRequest(request.inside) }),
  };
}

/** The connection as it is inside of its TLS. */
export function withoutTls({ sni: _, inside, ...outer }: Connection): Connection {
  const { address, port } = outer;
  return inside ? { ...inside, address, port } : { ...outer, tls: false, alpn: [] };
}

function defaultHost(address: string, port: number): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return port === 80 ? host : `${host}:${port}`;
}
