import type { ListenerContext } from '../listener-context.ts';
import type { Claim } from './outbound-plan.ts';

/**
 * The route configuration of an HTTP chain: one for each port, one for each unix socket, and one of its own for a
 * service that is sniffed on its own address. Source: istio `pilot/pkg/networking/core/listener.go`.
 */
export function routeNameOf(context: ListenerContext, { service, port, binds }: Claim): string {
  const [bind = ''] = binds;
  if (port.number === 0) return bind;
  const sniffedAlone = port.protocol === 'Unsupported' && bind !== context.wildcard;
  return sniffedAlone ? `${service.hostname}:${port.number}` : String(port.number);
}
