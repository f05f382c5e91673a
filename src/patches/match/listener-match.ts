import type { FilterMatch } from '../../model/istio/envoy-filter.ts';
import type { FilterChain, Listener } from '../../xds/types.ts';
import type { Patch } from '../patch.ts';

/** The listeners that take what iptables redirects: the ports of services are the ports of their filter chains. */
const intercepting: readonly string[] = ['virtualInbound', 'virtualOutbound'];

/** Source: istio `pilot/pkg/networking/core/envoyfilter/listener_patch.go`, listenerMatch. */
export function matchesListener({ name, address }: Listener, { applyTo, match }: Patch): boolean {
  const wanted = match.listener;
  if (wanted === undefined) return true;
  if (wanted.name && wanted.name !== name) return false;
  if (applyTo !== 'LISTENER' && intercepting.includes(name)) return true;
  return !wanted.portNumber || address?.socketAddress?.portValue === wanted.portNumber;
}

/** Of a listener that matches already. */
export function matchesFilterChain(listener: Listener, chain: FilterChain, { match }: Patch): boolean {
  const { portNumber, filterChain: wanted } = match.listener ?? {};
  const { filterChainMatch: has = {} } = chain;
  if (portNumber && intercepting.includes(listener.name) && has.destinationPort !== portNumber) return false;
  if (wanted === undefined) return true;
  const { name, sni, transportProtocol, applicationProtocols, destinationPort } = wanted;
  return (
    (!name || name === chain.name) &&
    (!sni || (has.serverNames ?? []).includes(sni)) &&
    (!transportProtocol || has.transportProtocol === transportProtocol) &&
    (!applicationProtocols ||
      applicationProtocols.split(',').every((protocol) => has.applicationProtocols?.includes(protocol))) &&
    (!destinationPort || has.destinationPort === destinationPort)
  );
}

/** The network filter that a patch holds on to. */
export function filterMatchOf({ match }: Patch): FilterMatch | undefined {
  return match.listener?.filterChain?.filter;
}

/** Whether a patch is for a network filter, or for what is in it. */
export function matchesNetworkFilter(name: string | undefined, patch: Patch): boolean {
  const wanted = filterMatchOf(patch);
  return wanted === undefined || (wanted.name ?? '') === (name ?? '');
}
