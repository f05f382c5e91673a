import type { Destination } from '../../model/istio/virtual-service.ts';
import type { ProxyView, SelectedVirtualService } from '../../registry/proxy-view.ts';
import { parseResourceName } from '../../xds/resource-name.ts';
import type { RouteContext } from './route-context.ts';

/** istiod sends routes to clusters that it does not send: such requests fail, so the author should know. */
export function reportUnknownDestination(
  context: RouteContext,
  virtualService: SelectedVirtualService,
  { destination, cluster }: { readonly destination: Destination; readonly cluster: string },
): void {
  const problem = problemOf(context.view, cluster);
  if (problem === undefined) return;
  const { namespace, name } = virtualService.metadata;
  context.reports.once(`${namespace}/${name} ${cluster}`, () => ({
    code: 'unknown-destination',
    severity: 'warning',
    message: `${problem}. Envoy answers requests routed to ${destination.host ?? ''} with 503 (NC): cluster "${cluster}" does not exist.`,
    resource: { kind: 'VirtualService', namespace, name },
    path: 'spec.http',
  }));
}

function problemOf(view: ProxyView, cluster: string): string | undefined {
  const target = parseResourceName(cluster);
  if (!target) return 'The destination names no host';
  const { hostname, port, subset } = target;
  const service = view.serviceFor(hostname);
  if (!service) return `No service "${hostname}" is visible to the proxy`;
  if (!service.ports.some(({ number, protocol }) => number === port && protocol !== 'UDP')) {
    const ports = service.ports.map(({ number }) => number).join(', ');
    return `Service "${hostname}" has no port ${port}, but ${ports}`;
  }
  if (subset === '') return undefined;
  const subsets = view.destinationRuleFor(service)?.spec.subsets ?? [];
  if (subsets.some(({ name }) => name === subset)) return undefined;
  return `No DestinationRule gives "${hostname}" a subset "${subset}"`;
}
