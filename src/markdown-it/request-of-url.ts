import { resolve } from '../explain/resolve.ts';
import type { Request } from '../model/scenario.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { ExampleError } from './example-error.ts';

/** What a request says beside its URL. */
export interface RequestDetails {
  /** Where the connection goes, whatever the URL's name resolves to: as with `curl --connect-to`. */
  readonly address?: string;
  readonly method?: string;
  /** A `host` here takes the place of the URL's, as with `curl -H`. */
  readonly headers?: Readonly<Record<string, string>>;
}

const defaultPorts: Readonly<Record<string, number>> = { http: 80, http2: 80, https: 443, tls: 443 };

/**
 * The request that a URL stands for: `https://en.wikipedia.org/`, `http://svc:8080/path`, `tcp://10.0.0.5:5432`,
 * `tls://host:8443` and `http2://host:80` (without TLS). A name is looked up as the application would: where the
 * sidecar's DNS proxy does not know it, the connection goes to an address that no resource registers.
 */
export function requestOfUrl(
  snapshot: Pick<Snapshot, 'nameTable'>,
  text: string,
  { address, method, headers = {} }: RequestDetails = {},
): Request {
  const host = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1];
  return {
    ...connectionOf(snapshot, text),
    ...(address !== undefined && { address }),
    ...(method !== undefined && { method }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(host !== undefined && { host }),
  };
}

function connectionOf(snapshot: Pick<Snapshot, 'nameTable'>, text: string): Request {
  const { scheme, host, port, path } = split(text);
  const address = addressOf(snapshot, host);
  const authority = port === defaultPorts[scheme] ? host : `${host}:${port}`;
  const common = { ...(address !== undefined && { address }), port };
  if (scheme === 'tcp') return { ...common, protocol: 'tcp' };
  if (scheme === 'https' || scheme === 'tls')
    return {
      ...common,
      protocol: 'http',
      tls: 'simple',
      ...(!isAddress(host) && { sni: host }),
      host: authority,
      path,
    };
  return { ...common, protocol: scheme === 'http2' ? 'http2' : 'http', host: authority, path };
}

function split(text: string): { scheme: string; host: string; port: number; path: string } {
  const match = /^(https?|http2|tcp|tls):\/\/(\[[^\]]+\]|[^/:?#]+)(?::(\d+))?([/?].*)?$/i.exec(text);
  const scheme = match?.[1]?.toLowerCase();
  if (!match || scheme === undefined)
    throw new ExampleError(`"${text}" is no URL to follow: write http://host/path, https://host/ or tcp://host:port.`);
  const port = match[3] === undefined ? defaultPorts[scheme] : Number(match[3]);
  if (port === undefined) throw new ExampleError(`"${text}" names no port.`);
  const path = match[4] ?? '/';
  return {
    scheme,
    host: (match[2] ?? '').replace(/^\[|\]$/g, ''),
    port,
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

function addressOf(snapshot: Pick<Snapshot, 'nameTable'>, host: string): string | undefined {
  const resolution = resolve(snapshot, host);
  if (resolution.answeredBy !== 'upstream') return resolution.addresses[0];
  return isAddress(host) ? host : undefined;
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^\d+(\.\d+){3}$/.test(host);
}
