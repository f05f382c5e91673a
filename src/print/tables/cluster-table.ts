import { parseResourceName } from '../../xds/resource-name.ts';
import type { Cluster } from '../../xds/types.ts';
import { configSource } from './config-source.ts';
import { compareText, type Table } from './table.ts';

/** Clusters with the columns of `istioctl proxy-config cluster`; a dynamic forward proxy is named as such. */
export function clusterTable(clusters: readonly Cluster[]): Table {
  const rows = clusters
    .map(describe)
    .sort(
      (a, b) =>
        compareText(a.host, b.host) ||
        compareText(a.subset, b.subset) ||
        Number(a.port) - Number(b.port) ||
        compareText(a.direction, b.direction),
    );
  return {
    columns: ['SERVICE FQDN', 'PORT', 'SUBSET', 'DIRECTION', 'TYPE', 'DESTINATION RULE'],
    rows: rows.map((row) => [
      row.host,
      row.port || '-',
      row.subset || '-',
      row.direction || '-',
      row.type,
      row.destinationRule,
    ]),
  };
}

function describe(cluster: Cluster) {
  const name = cluster.name ?? '';
  const parts = parseResourceName(name);
  return {
    host: parts?.hostname || name,
    port: parts ? String(parts.port) : '',
    subset: parts?.subset ?? '',
    direction: parts?.direction ?? '',
    type: discoveryType(cluster),
    destinationRule: configSource(cluster.metadata) ?? '',
  };
}

function discoveryType(cluster: Cluster): string {
  if (cluster.clusterType?.name === 'envoy.clusters.dynamic_forward_proxy') return 'DYNAMIC_FORWARD_PROXY';
  return cluster.type ?? 'STATIC';
}
