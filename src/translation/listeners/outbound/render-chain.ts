import { expandStatName } from '../../../model/stat-name.ts';
import { outboundName } from '../../../xds/resource-name.ts';
import type { ConfigFilter } from '../../../xds/types.ts';
import { buildConnectionManager } from '../../http/connection-manager.ts';
import { usesDynamicForwardProxy } from '../../http/filters/dynamic-forward-proxy.ts';
import type { ListenerContext } from '../listener-context.ts';
import { destinationPort } from '../plan/destination-port.ts';
import type { ChainPlan } from '../plan/outbound-plan.ts';
import { databaseFilters, noFilters, sniDynamicForwardProxy } from './network-filters.ts';
import { planRoutedProxy } from './routed-proxy.ts';
import { buildTcpProxy, type TcpProxyOptions } from './tcp-proxy.ts';

/** The network filters of a planned chain. Source: istio `pilot/pkg/networking/core/networkfilter.go`. */
export function renderChainFilters(
  context: ListenerContext,
  listenerName: string,
  chain: ChainPlan,
): readonly ConfigFilter[] {
  const { target, service } = chain;
  switch (target.kind) {
    case 'http':
      return [
        buildConnectionManager(context, {
          listenerClass: 'sidecar-outbound',
          statPrefix: `outbound_${listenerName.toLowerCase()}`,
          routes: { name: target.routeName },
          protocol: target.protocol,
          service,
        }),
      ];
    case 'service':
      return serviceFilters(context, chain);
    case 'routes':
      return networkFilters(context, chain, planRoutedProxy(context, { ...target, port: chain.port }));
  }
}

function serviceFilters(context: ListenerContext, chain: ChainPlan): readonly ConfigFilter[] {
  const { service } = chain;
  const port = destinationPort(chain);
  const { mesh } = context.view;
  const cluster = outboundName(service.hostname, port);
  const { outboundClusterStatName: pattern } = mesh.configuration;
  const statPrefix = pattern ? expandStatName(pattern, { service, port: { number: port, name: '' } }) : cluster;
  const rule = context.view.knownByName.get(service.hostname)?.outboundRule?.spec;
  return networkFilters(
    context,
    chain,
    { statPrefix, destination: { cluster }, rule },
    usesDynamicForwardProxy(mesh, service)
      ? [sniDynamicForwardProxy(context.view, service, chain.port.number)]
      : noFilters,
  );
}

/** What measures the connection comes first, what ends it last. */
function networkFilters(
  context: ListenerContext,
  { port }: ChainPlan,
  proxy: TcpProxyOptions,
  resolvers: readonly ConfigFilter[] = noFilters,
): readonly ConfigFilter[] {
  const { outboundStatsFilters: measuring } = context;
  const databases = databaseFilters(port.protocol, proxy.statPrefix);
  const before = resolvers === databases ? measuring : measuring.concat(resolvers, databases);
  return before.concat(buildTcpProxy(context, proxy));
}
