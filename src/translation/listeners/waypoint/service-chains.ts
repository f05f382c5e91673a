import type { Service } from '../../../model/service.ts';
import { addressesForProxy } from '../../../registry/service-address.ts';
import { buildResourceName } from '../../../xds/resource-name.ts';
import type { FilterChain, MatcherOnMatch } from '../../../xds/types.ts';
import { type AddressRule, byPort, byTraffic, toChain, toRanges } from './chain-matchers.ts';
import type { ServedPort } from './served-ports.ts';
import type { WaypointContext } from './waypoint-context.ts';
import { waypointHttpFilters, waypointTcpFilters } from './waypoint-filters.ts';

/** The chains of a port: one for HTTP, one for bytes, or both where the traffic has to be looked at. */
export function buildServiceChains(context: WaypointContext, served: ServedPort): readonly FilterChain[] {
  const { service, port, traffic } = served;
  const { http, tcp } = chainNames(served);
  const ofService = context.forService(service);
  const tcpChain = (): FilterChain => ({
    filters: waypointTcpFilters(ofService, { cluster: tcp, port, service }),
    name: tcp,
  });
  const httpChain = (): FilterChain => ({
    filters: waypointHttpFilters(ofService, { cluster: http, port, service }),
    name: http,
  });
  return [...(traffic === 'http' ? [] : [tcpChain()]), ...(traffic === 'tcp' ? [] : [httpChain()])];
}

/** A chain is named for the cluster that it leads to by default. */
function chainNames({ service, port }: ServedPort): Readonly<Record<'http' | 'tcp', string>> {
  const named = (subset: string): string =>
    buildResourceName({ direction: 'inbound-vip', port: port.number, subset, hostname: service.hostname });
  return { http: named('http'), tcp: named('tcp') };
}

/** How connections to a service find the chains of its ports; nothing for a service without ports to serve. */
export function matchService(
  { view }: WaypointContext,
  service: Service,
  served: readonly ServedPort[],
): readonly AddressRule[] {
  const { waypointsSortAddresses, waypointsMatchOnlyAddresses } = view.mesh.profile;
  const addresses = addressesForProxy(view, service);
  const ranges = toRanges(waypointsSortAddresses ? [...new Set(addresses)].sort() : addresses);
  if (served.length === 0 || (waypointsMatchOnlyAddresses && ranges.length === 0)) return [];
  const ports = new Map(served.map((one): [number, MatcherOnMatch] => [one.port.number, matchTraffic(one)]));
  return [{ ranges, onMatch: byPort(ports) }];
}

function matchTraffic(served: ServedPort): MatcherOnMatch {
  const names = chainNames(served);
  return served.traffic === 'sniffed' ? byTraffic(names) : toChain(names[served.traffic]);
}
