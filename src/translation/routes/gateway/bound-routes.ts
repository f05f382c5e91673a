import type { Metadata } from '../../../model/resource.ts';
import type { Service } from '../../../model/service.ts';
import type { GatewayServer } from '../../../registry/gateways/gateway-server.ts';
import type { ProxyView, SelectedVirtualService } from '../../../registry/proxy-view.ts';
import { isVisible } from '../../../registry/visibility.ts';
import { frozen } from '../../../xds/frozen.ts';
import type { Route } from '../../../xds/types.ts';
import { findTarget } from '../destination.ts';
import { hashOfDestination } from '../hash-policy.ts';
import type { RouteContext } from '../route-context.ts';
import { reportUnknownDestination } from '../unknown-destination.ts';
import { buildVirtualServiceRoutes } from '../virtual-service-routes.ts';

/** The routes that a VirtualService has for one server of a Gateway it is bound to. */
export function buildBoundRoutes(
  context: RouteContext,
  virtualService: SelectedVirtualService,
  server: GatewayServer,
): readonly Route[] {
  const { view } = context;
  const { metadata } = virtualService;
  const from = { kind: 'VirtualService', metadata };
  const listenerPort = server.port.number;
  const routes = buildVirtualServiceRoutes(virtualService, {
    context,
    source: {
      proxy: view.proxy,
      gatewayNames: new Set([server.gateway]),
      listenerPort,
    },
    terminatesTls: server.tls !== undefined,
    targetOf(destination) {
      const service = findDestination(view, destination.host ?? '', metadata);
      const target = findTarget(destination, service, listenerPort);
      reportUnknownDestination(context, { target, from, path: 'spec.http' });
      return target;
    },
    hashOf: (destination) => hashOfDestination(view, destination),
  });
  return frozen(routes);
}

/**
 * Of several services of one host name the one of the VirtualService's namespace, if the gateway may see it.
 * Source: istio `gateway.go`, buildNameToServiceMapForHTTPRoutes.
 */
function findDestination(view: ProxyView, hostname: string, { namespace }: Metadata): Service | undefined {
  const own = (view.mesh.servicesByHostname.get(hostname) ?? []).filter((service) => service.namespace === namespace);
  const first = own.find(({ registry }) => registry === 'Kubernetes') ?? own[0];
  const visible = first && isVisible(first.visibility, view.proxy.namespace);
  return visible ? first : view.serviceFor(hostname);
}
