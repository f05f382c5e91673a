import type { Destination } from '../../../model/istio/virtual-service.ts';
import type { Service } from '../../../model/service.ts';
import { outboundName } from '../../../xds/resource-name.ts';

/**
 * The cluster that a destination of a tls or tcp route names: on the port it asks for, on the service's only port, or on
 * that of the listener. Source: istio `pilot/pkg/networking/core/route/route.go`, GetDestinationCluster.
 */
export function destinationCluster(
  { host = '', subset = '', port }: Destination,
  service: Service | undefined,
  listenerPort: number,
): string {
  if (host === '') return 'UnknownService';
  const hostname = service?.kubernetes?.externalName || host;
  const [only, ...others] = service?.ports ?? [];
  const fallback = only && others.length === 0 ? only.number : listenerPort;
  return outboundName(hostname, port ? (port.number ?? 0) : fallback, subset);
}
