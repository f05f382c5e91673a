import { addressText } from '../../xds/address.ts';
import type { Cluster, ClusterLoadAssignment } from '../../xds/types.ts';
import { compareText, type Table } from './table.ts';

/**
 * Endpoints that the configuration itself names: those of EDS clusters, and the hosts that DNS clusters will resolve.
 * `istioctl proxy-config endpoint` shows what a running Envoy resolved; offline that is not known.
 */
export function endpointTable(clusters: readonly Cluster[], endpoints: readonly ClusterLoadAssignment[]): Table {
  const assignments = [
    ...endpoints.map((e) => ({ cluster: e.clusterName ?? '', assignment: e })),
    ...clusters.flatMap(inline),
  ];
  const rows = assignments.flatMap(({ cluster, assignment }) => describe(cluster, assignment));
  return {
    columns: ['ENDPOINT', 'STATUS', 'LOCALITY', 'PRIORITY', 'WEIGHT', 'CLUSTER'],
    rows: rows.sort((a, b) => compareText(a.at(-1) ?? '', b.at(-1) ?? '') || compareText(a[0] ?? '', b[0] ?? '')),
  };
}

function inline(cluster: Cluster): { readonly cluster: string; readonly assignment: ClusterLoadAssignment }[] {
  return cluster.loadAssignment ? [{ cluster: cluster.name ?? '', assignment: cluster.loadAssignment }] : [];
}

function describe(cluster: string, assignment: ClusterLoadAssignment): string[][] {
  return (assignment.endpoints ?? []).flatMap((group) =>
    (group.lbEndpoints ?? []).map((member) => [
      addressText(member.endpoint?.address),
      member.healthStatus ?? 'HEALTHY',
      [group.locality?.region, group.locality?.zone, group.locality?.subZone].filter(Boolean).join('/') || '-',
      String(group.priority ?? 0),
      String(member.loadBalancingWeight ?? 1),
      cluster,
    ]),
  );
}
