import type { LogLine } from './instrument.ts';
import type { Observation } from './protocol.ts';

/** One connection's log lines as one story. */
export function observationOf(lines: readonly LogLine[]): Observation {
  const listener = lines.find(({ source }) => source === 'listener');
  const inside = lines.find(({ source }) => source === 'http') ?? lines.find(({ source }) => source === 'tcp');
  const line = inside ?? listener;
  if (!line) return { closed: true };
  const { routeConfig, virtualHost, route, routeIndex, responseCode, responseFlags, details, upstream, attempts } =
    line;
  const { connectedFrom } = line;
  const cluster = line.cluster || line.target;
  const filterChain = readChain(line.filterChain ?? listener?.filterChain);
  return {
    listener: line.listener,
    ...(filterChain !== undefined && { filterChain }),
    ...(routeConfig && { routeConfig }),
    ...(virtualHost && { virtualHost }),
    ...(route && { route }),
    ...(routeIndex && { routeIndex: Number(routeIndex) }),
    ...(cluster && { cluster }),
    ...(responseCode && { responseCode }),
    ...(responseFlags && responseFlags !== '-' && { responseFlags }),
    ...(details && { details }),
    ...(upstream && { upstream }),
    ...(connectedFrom && { connectedFrom }),
    ...(attempts && { attempts }),
    ...(filterChain === undefined && !inside && { closed: true as const }),
  };
}

function readChain(text: string | null | undefined): number | 'default' | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  return text === 'default' ? 'default' : Number(text);
}
