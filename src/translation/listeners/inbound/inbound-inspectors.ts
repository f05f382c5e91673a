import type { FilterChain, ListenerFilter, ListenerFilterChainMatchPredicate } from '../../../xds/types.ts';
import { httpInspector, tlsInspector } from '../listener-filters.ts';

/** Port → whether a chain for it needs TLS or HTTP to be recognised; port 0 stands for all other ports. */
interface Needs {
  readonly tls: ReadonlyMap<number, boolean>;
  readonly http: ReadonlyMap<number, boolean>;
}

/**
 * The inspectors of an inbound listener, switched off on ports that do without: an inspector delays protocols in which
 * the server speaks first. TLS comes first: what it recognises, the HTTP inspector leaves alone.
 */
export function inboundInspectors(chains: readonly FilterChain[]): readonly ListenerFilter[] {
  const { tls, http } = needsOf(chains);
  return [...tlsInspectors(tls), ...httpInspectors(http)];
}

function needsOf(chains: readonly FilterChain[]): Needs {
  const tls = new Map<number, boolean>();
  const http = new Map<number, boolean>();
  for (const { filterChainMatch = {} } of chains) {
    const { destinationPort = 0, transportProtocol, applicationProtocols = [] } = filterChainMatch;
    tls.set(destinationPort, tls.get(destinationPort) === true || transportProtocol === 'tls');
    const plainHttp = applicationProtocols.some((protocol) => protocol === 'http/1.1' || protocol === 'h2c');
    http.set(destinationPort, http.get(destinationPort) === true || plainHttp);
  }
  return { tls, http };
}

function portsWhere(needs: ReadonlyMap<number, boolean>, needed: boolean): readonly number[] {
  return [...needs]
    .filter(([, needs]) => needs === needed)
    .map(([port]) => port)
    .sort((a, b) => a - b);
}

/** Where other ports need TLS to be recognised, the ports without are excluded; otherwise only those with it are included. */
function tlsInspectors(needs: ReadonlyMap<number, boolean>): readonly ListenerFilter[] {
  if (![...needs.values()].includes(true)) return [];
  const byDefault = needs.get(0) === true;
  const exceptions = portsWhere(needs, !byDefault).filter((port) => port !== 0);
  const predicate = onPorts(exceptions);
  if (!predicate) return [tlsInspector];
  return [{ ...tlsInspector, filterDisabled: byDefault ? predicate : { notMatch: predicate } }];
}

/** Unlike for TLS, "all other ports" are excluded as if 0 were a port: the filter then stays on for them. */
function httpInspectors(needs: ReadonlyMap<number, boolean>): readonly ListenerFilter[] {
  if (![...needs.values()].includes(true)) return [];
  const predicate = onPorts(portsWhere(needs, false));
  return [predicate ? { ...httpInspector, filterDisabled: predicate } : httpInspector];
}

/** Absent for no ports. */
export function onPorts(ports: readonly number[]): ListenerFilterChainMatchPredicate | undefined {
  const rules = ports.map((port) => ({
    destinationPortRange: { ...(port !== 0 && { start: port }), end: port + 1 },
  }));
  return rules.length > 1 ? { orMatch: { rules } } : rules[0];
}
