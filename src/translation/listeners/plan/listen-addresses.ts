import type { Service } from '../../../model/service.ts';
import { addressesForProxy, addressForProxy } from '../../../registry/service-address.ts';
import type { Binds, ListenerContext } from '../listener-context.ts';

const unspecified = '0.0.0.0';

/**
 * The addresses at which a proxy listens for what is not HTTP: those of the service. An entry without addresses does not
 * say which family its host names have: it listens in those of the proxy.
 */
export function listenAddresses({ view, wildcards }: ListenerContext, service: Service): Binds {
  const main = addressForProxy(view, service);
  const isUnspecified = service.registry === 'External' && main === unspecified;
  const others = addressesForProxy(view, service);
  if (others.length < 2) return isUnspecified ? wildcards : [main];
  const [first = main, ...rest] = isUnspecified ? wildcards : [main];
  return [first, ...others.slice(1), ...rest];
}
