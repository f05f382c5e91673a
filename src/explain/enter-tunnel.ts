import { oncePer } from '../model/once-per.ts';
import type { Listener } from '../xds/types.ts';
import type { Explanation, InterceptionStep, InternalListenerStep } from './explanation.ts';
import { findByName } from './find-resource.ts';
import { inspectConnection } from './inspect-connection.ts';
import type { Connection } from './request.ts';
import { end, precede, type Walk } from './walk.ts';

/**
 * A waypoint gets connections from the ztunnel of the client's node: inside of HTTP CONNECT, whose authority is the
 * original destination, inside of mutual TLS. What comes out of the tunnel begins anew at an internal listener.
 * Source: istio `pilot/pkg/networking/core/waypoint.go`.
 */
export function enterTunnel(walk: Walk, terminator: Listener): Explanation {
  const { address, port } = walk.connection;
  const target = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  const arrival: InterceptionStep = {
    kind: 'interception',
    address,
    port,
    chosen: terminator.name,
    reason: `The ztunnel of the client’s node sends the connection to ${target} to the waypoint, as HTTP CONNECT inside of mutual TLS.`,
    rejected: [],
    notes: [],
  };
  const tunnel = inspectConnection(
    { ...walk, connection: tunnelTo(target, terminator), enterInternalListener: leaveTunnel },
    terminator,
    [],
  );
  const steps = [arrival, ...tunnel.steps];
  const last = tunnel.steps.at(-1);
  const inner = last?.kind === 'internal-listener' ? findByName(walk.snapshot.listeners, last.chosen) : undefined;
  if (!inner) return { ...tunnel, listener: terminator.name, steps };
  return precede(steps, { listener: inner.name }, inspectConnection({ ...walk, hops: walk.hops + 1 }, inner, []));
}

/** The listener that ends tunnels: one of its routes takes CONNECT. */
export const tunnelEnd = oncePer((listeners: readonly Listener[]) => listeners.find(endsTunnels));

function endsTunnels({ filterChains = [] }: Listener): boolean {
  return filterChains.some(({ filters = [] }) =>
    filters.some(({ typedConfig }) => {
      if (!typedConfig || !('routeConfig' in typedConfig)) return false;
      const routes = typedConfig.routeConfig?.virtualHosts?.flatMap((virtualHost) => virtualHost.routes ?? []) ?? [];
      return routes.some(({ match }) => match.connectMatcher !== undefined);
    }),
  );
}

function tunnelTo(host: string, { address }: Listener): Connection {
  return {
    address: address?.socketAddress?.address ?? '',
    port: address?.socketAddress?.portValue ?? 0,
    protocol: 'http2',
    tls: true,
    alpn: ['h2'],
    host,
    path: '/',
    method: 'CONNECT',
    headers: {},
  };
}

/** The tunnel's own way ends where the connection inside of it comes out. */
function leaveTunnel({ snapshot }: Walk, name: string): Explanation {
  const exists = findByName(snapshot.listeners, name) !== undefined;
  const step: InternalListenerStep = {
    kind: 'internal-listener',
    ...(exists && { chosen: name }),
    reason: `What is inside of the tunnel goes on at ${name}, with its original destination.`,
    rejected: [],
    notes: [],
  };
  return end(exists ? 'routed' : 'no-listener', [step]);
}
