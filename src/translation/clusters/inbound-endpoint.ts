import type { Proxy } from '../../model/proxy.ts';

/** Where an inbound cluster connects to instead of the original destination. */
export type InboundEndpoint =
  | { readonly kind: 'socket'; readonly address: string; readonly port: number }
  | { readonly kind: 'pipe'; readonly path: string };

const ipv4Localhost = '127.0.0.1';
const ipv6Localhost = '::1';

/** The loopback address of the proxy's main family. */
export function localhost({ ipMode }: Proxy): string {
  return ipMode === 'IPv6' ? ipv6Localhost : ipv4Localhost;
}

/**
 * Reads `defaultEndpoint` of a Sidecar's ingress listener: a socket path, a loopback address, or an unspecified
 * address that stands for the workload's own. Absent where nothing is set or the address is another one:
 * the original destination is used then.
 */
export function ingressEndpoint(defaultEndpoint: string, proxy: Proxy): InboundEndpoint | 'invalid' | undefined {
  if (defaultEndpoint === '') return undefined;
  if (defaultEndpoint.startsWith('unix://')) return { kind: 'pipe', path: defaultEndpoint.slice('unix://'.length) };
  const parts = /^(?:\[(?<ipv6>[^\]]*)\]|(?<host>[^:]*)):(?<port>\d+)$/.exec(defaultEndpoint)?.groups;
  if (!parts) return 'invalid';
  const address = workloadAddress(parts['ipv6'] ?? parts['host'] ?? '', proxy);
  if (address === undefined) return undefined;
  const port = Number(parts['port']);
  return port === 0 ? { kind: 'pipe', path: address } : { kind: 'socket', address, port };
}

function workloadAddress(host: string, { ips, ipMode }: Proxy): string | undefined {
  switch (host) {
    case '0.0.0.0':
      return ips.find((ip) => !ip.includes(':')) ?? ipv4Localhost;
    case '::':
      return ips.find((ip) => ip.includes(':')) ?? ipv6Localhost;
    case ipv4Localhost:
      return ipMode === 'IPv6' ? ipv6Localhost : ipv4Localhost;
    case ipv6Localhost:
      return ipMode === 'IPv4' ? ipv4Localhost : ipv6Localhost;
    default:
      return undefined;
  }
}
