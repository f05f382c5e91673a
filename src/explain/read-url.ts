import { isIpAddress } from '../model/ip-address.ts';
import type { Request } from '../model/scenario.ts';

/** What a URL says of a request; where its host lies is another question. */
export interface RequestUrl {
  readonly text: string;
  readonly scheme: Scheme;
  readonly host: string;
  /** Without its address. */
  readonly request: Request;
}

type Scheme = 'http' | 'http2' | 'https' | 'tcp' | 'tls';

const defaultPorts: Readonly<Record<Scheme, number | undefined>> = {
  http: 80,
  http2: 80,
  https: 443,
  tls: 443,
  tcp: undefined,
};

/**
 * Reads `https://en.wikipedia.org/`, `http://svc:8080/path`, `tcp://10.0.0.5:5432`, `tls://host:8443` (TLS around
 * something other than HTTP) or `http2://host` (HTTP/2 without TLS). A problem is one sentence.
 */
export function readUrl(text: string): RequestUrl | { readonly problem: string } {
  const match = /^([a-z0-9]+):\/\/(\[[^\]]+\]|[^/:?#]+)(?::(\d+))?([/?][^#]*)?(?:#.*)?$/i.exec(text);
  const scheme = match?.[1]?.toLowerCase() ?? '';
  if (!match || !isScheme(scheme))
    return { problem: `"${text}" is no URL to follow: write http://host/path, https://host/ or tcp://host:port.` };
  const port = match[3] === undefined ? defaultPorts[scheme] : Number(match[3]);
  if (port === undefined) return { problem: `"${text}" names no port.` };
  if (port < 1 || port > 65_535) return { problem: `"${text}" names a port that does not exist.` };
  const host = (match[2] ?? '').replace(/^\[|\]$/g, '').toLowerCase();
  const path = match[4] ?? '/';
  return { text, scheme, host, request: requestFor({ scheme, host, port, path }) };
}

function isScheme(text: string): text is Scheme {
  return Object.hasOwn(defaultPorts, text);
}

interface Parts {
  readonly scheme: Scheme;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

function requestFor({ scheme, host, port, path }: Parts): Request {
  const tls = scheme === 'https' || scheme === 'tls' ? { tls: 'tls', ...(!isIpAddress(host) && { sni: host }) } : {};
  if (scheme === 'tcp' || scheme === 'tls') return { port, protocol: 'tcp', ...tls };
  const name = host.includes(':') ? `[${host}]` : host;
  const authority = port === defaultPorts[scheme] ? name : `${name}:${port}`;
  const protocol = scheme === 'http2' ? 'http2' : 'http';
  return { port, protocol, ...tls, host: authority, path: path.startsWith('/') ? path : `/${path}` };
}
