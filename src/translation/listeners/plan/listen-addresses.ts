import type { Proxy } from '../../../model/proxy.ts';
import type { Service } from '../../../model/service.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import { addressesForProxy, addressForProxy } from '../../../registry/service-address.ts';

const unspecified = '0.0.0.0';

/** The addresses at which a proxy listens for what is not HTTP: those of the service. */
export function listenAddresses(view: ProxyView, service: Service): readonly string[] {
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
