import type { Proxy } from '../../../model/proxy.ts';
import type { Service } from '../../../model/service.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import { addressesForProxy, addressForProxy } from '../../../registry/service-address.ts';
import type { ListenerContext } from '../listener-context.ts';
import type { Claim } from './outbound-plan.ts';

const unspecified = '0.0.0.0';

/** Where a TCP or sniffed port listens: on the service's addresses, or for a range of them, everywhere. */
export function placeOnServiceAddress(
  context: ListenerContext,
  claim: Claim,
): { readonly claim: Claim; readonly ranges: readonly string[] } {
  if (claim.binds.length > 0) return { claim, ranges: [] };
  const addresses = listenAddresses(context.view, claim.service);
  if (addresses[0]?.includes('/')) {
    return { claim: { ...claim, binds: context.wildcards }, ranges: addresses };
  }
  return { claim: { ...claim, binds: addresses }, ranges: [] };
}

function listenAddresses(view: ProxyView, service: Service): readonly string[] {
  const main = addressForProxy(view, service);
  const others = addressesForProxy(view, service).slice(1);
  if (service.registry !== 'External' || main !== unspecified) return [main, ...others];
  return unspecifiedIn(view.proxy, others);
}

/** An entry without addresses does not say which family its host names have: it listens in those of the proxy. */
function unspecifiedIn({ ipMode }: Proxy, others: readonly string[]): readonly string[] {
  if (ipMode === 'IPv6') return ['::', ...others];
  return ipMode === 'Dual' ? [unspecified, ...others, '::'] : [unspecified, ...others];
}
