import { hostnamesMatch } from '../../../model/hostname.ts';
import type { L4MatchAttributes, TLSMatchAttributes } from '../../../model/istio/virtual-service.ts';
import type { GatewayServer } from '../../../registry/gateways/gateway-server.ts';
import { hostsForNamespace } from '../../../registry/gateways/server-hosts.ts';
import type { SelectedVirtualService } from '../../../registry/proxy-view.ts';
import type { GatewayContext } from './gateway-context.ts';

/**
 * The VirtualServices bound to a server's Gateway that share a host with the server; which host it is does not matter
 * to TCP. Source: istio `pilot/pkg/networking/core/gateway.go`, pickMatchingGatewayHosts.
 */
export function boundVirtualServices(
  { gateway }: GatewayContext,
  server: GatewayServer,
): readonly SelectedVirtualService[] {
  return gateway.virtualServicesFor(server.gateway).filter(({ metadata, spec }) => {
    const hosts = hostsForNamespace(server.hosts, metadata.namespace);
    return spec.hosts?.some((host) => hosts.some((allowed) => hostnamesMatch(allowed, host)));
  });
}

/** Of a match's conditions a gateway looks at the port, as its Gateway gives it, and at the Gateway's name alone. */
export function matchesServer(
  { port, gateways = [] }: L4MatchAttributes | TLSMatchAttributes,
  server: GatewayServer,
): boolean {
  return (!port || port === server.port.number) && (gateways.length === 0 || gateways.includes(server.gateway));
}
