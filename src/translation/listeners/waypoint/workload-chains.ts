import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { ConfigFilter, FilterChain } from '../../../xds/types.ts';
import { type AddressRule, byTraffic, toRanges } from './chain-matchers.ts';
import type { WaypointContext } from './waypoint-context.ts';
import { waypointHttpFilters, waypointTcpFilters } from './waypoint-filters.ts';

const names = { tcp: 'direct-tcp', http: 'direct-http' } as const;

/** Tells the tunnel to the workload which address the connection was meant for. */
const keepDestination: ConfigFilter = frozen({
  name: 'connect_authority',
  typedConfig: {
    '@type': typeUrls.networkSetFilterState,
    onNewConnection: [
      {
        objectKey: 'envoy.filters.listener.original_dst.local_ip',
        formatString: {
          textFormatSource: { inlineString: '%FILTER_STATE(envoy.filters.listener.original_dst.local_ip:PLAIN)%' },
        },
        sharedWithUpstream: 'ONCE',
      },
    ],
  },
} as const);

/** For traffic to single workloads, whatever their ports mean. They are there even if nothing leads to them. */
export function buildWorkloadChains(context: WaypointContext): readonly FilterChain[] {
  const traffic = { cluster: 'encap', port: { name: 'unknown', number: 0, protocol: 'TCP' } } as const;
  return [
    { filters: [keepDestination, ...waypointTcpFilters(context, traffic)], name: names.tcp },
    { filters: [keepDestination, ...waypointHttpFilters(context, traffic)], name: names.http },
  ];
}

/** How connections to the attached workloads find these chains. */
export function matchWorkloads({ view }: WaypointContext): readonly AddressRule[] {
  const ranges = toRanges(view.attachedWorkloads.flatMap(({ addresses }) => addresses));
  return ranges.length === 0 ? [] : [{ ranges, onMatch: byTraffic(names) }];
}
