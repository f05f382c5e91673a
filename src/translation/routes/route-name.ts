/** What the name of a sidecar's route configuration says about the listener that asks for it. */
export type RouteName =
  /** `80`: all HTTP services of the port. */
  | { readonly kind: 'port'; readonly port: number }
  /** `httpbin.example.com:8000`: one service, whose listener detects the protocol. */
  | { readonly kind: 'service'; readonly port: number; readonly host: string }
  /** `http_proxy`, or the path of a unix socket: services of all ports. */
  | { readonly kind: 'all-ports' };

/** Absent for names that istiod does not give; it answers those with an empty route configuration. */
export function parseRouteName(name: string): RouteName | undefined {
  if (name === 'http_proxy' || name.startsWith('unix://')) return { kind: 'all-ports' };
  const colon = name.indexOf(':');
  const port = name.slice(colon + 1);
  if (!/^\d+$/.test(port)) return undefined;
  if (colon === -1) return { kind: 'port', port: Number(port) };
  return { kind: 'service', port: Number(port), host: name.slice(0, colon) };
}
