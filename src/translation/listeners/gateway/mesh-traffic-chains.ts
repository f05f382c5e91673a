import { hostnameIsSubsetOf } from '../../../model/hostname.ts';
import type { Port, Service } from '../../../model/service.ts';
import { expandStatName } from '../../../model/stat-name.ts';
import type { GatewayServer } from '../../../registry/gateways/gateway-server.ts';
import { buildSniName } from '../../../xds/resource-name.ts';
import { meshAlpn } from '../inbound/chain-protocols.ts';
import type { GatewayChain, GatewayContext } from './gateway-context.ts';
import { gatewayProxyFilters } from './gateway-proxy-filters.ts';

/**
 * AUTO_PASSTHROUGH: mutual TLS of the mesh goes through to the service that its SNI names, as
 * `outbound_.443_.v1_.host`; one chain for each port and subset of the services under the server's hosts.
 * Source: istio `gateway.go`, builtAutoPassthroughFilterChains.
 */
export function buildMeshTrafficChains(context: GatewayContext, server: GatewayServer): readonly GatewayChain[] {
  const services = context.view.services.filter(
    ({ meshExternal, hostname }) => !meshExternal && server.sniHosts.some((host) => hostnameIsSubsetOf(hostname, host)),
  );
  return services.flatMap((service) =>
    service.ports
      .filter(({ protocol }) => protocol !== 'UDP')
      .flatMap((port) => buildPortChains(context, service, port)),
  );
}

function buildPortChains(context: GatewayContext, service: Service, port: Port): readonly GatewayChain[] {
  const { view } = context;
  const { outboundClusterStatName: pattern } = view.mesh.configuration;
  const rule = view.destinationRuleFor(service)?.spec;
  const subsets = ['', ...(rule?.subsets ?? []).map(({ name = '' }) => name)];
  return subsets.map((subset) => {
    const cluster = buildSniName({ direction: 'outbound', port: port.number, subset, hostname: service.hostname });
    const statPrefix = pattern ? expandStatName(pattern, { service, port, subset }) : cluster;
    return {
      serverNames: [cluster],
      applicationProtocols: meshAlpn,
      filters: gatewayProxyFilters(context, port.protocol, {
        statPrefix,
        destination: { cluster },
        rule,
        subset,
        tunnels: false,
      }),
    };
  });
}
