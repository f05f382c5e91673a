import { addressText } from '../../xds/address.ts';
import type { Address, FilterChain, FilterChainMatch, Listener } from '../../xds/types.ts';
import { compareText, type Table } from './table.ts';

/** Listeners with the columns of `istioctl proxy-config listener`: a row for each filter chain, the default chain last. */
export function listenerTable(listeners: readonly Listener[]): Table {
  const rows = listeners
    .map((listener) => ({ ...place(listener), chains: chainsOf(listener) }))
    .sort((a, b) => a.port - b.port || compareText(a.addresses, b.addresses));
  return {
    columns: ['ADDRESSES', 'PORT', 'MATCH', 'DESTINATION'],
    rows: rows.flatMap(({ addresses, port, chains }) =>
      chains.map((chain) => [addresses, String(port), matchText(chain.filterChainMatch), destinationText(chain)]),
    ),
  };
}

function place(listener: Listener): { readonly addresses: string; readonly port: number } {
  const all = [listener.address, ...(listener.additionalAddresses ?? []).map((extra) => extra.address)];
  return { addresses: all.map(hostText).join(','), port: listener.address?.socketAddress?.portValue ?? 0 };
}

function hostText(address: Address | undefined): string {
  return address?.socketAddress?.address ?? addressText(address);
}

function chainsOf(listener: Listener): readonly FilterChain[] {
  return [...(listener.filterChains ?? []), ...(listener.defaultFilterChain ? [listener.defaultFilterChain] : [])];
}

function matchText(match: FilterChainMatch | undefined): string {
  const ranges = (match?.prefixRanges ?? []).map((range) => `${range.addressPrefix ?? ''}/${range.prefixLen ?? 0}`);
  const parts = [
    match?.serverNames && `SNI: ${match.serverNames.join(',')}`,
    (ranges.length > 0 || match?.destinationPort !== undefined) &&
      `Addr: ${ranges.join(',') || '*'}${match?.destinationPort ? `:${match.destinationPort}` : ''}`,
    match?.transportProtocol && `Trans: ${match.transportProtocol}`,
    match?.applicationProtocols && `App: ${match.applicationProtocols.join(',')}`,
  ].filter(Boolean);
  return parts.join('; ') || 'ALL';
}

/** The part of the network filters' configuration that says where a connection goes. */
interface Forwarding {
  readonly cluster?: string;
  readonly weightedClusters?: { readonly clusters?: readonly { readonly name?: string; readonly weight?: number }[] };
  readonly rds?: { readonly routeConfigName?: string };
  readonly routeConfig?: { readonly name?: string };
}

function destinationText(chain: FilterChain): string {
  const filters = (chain.filters ?? []).map((filter) => ({
    name: filter.name ?? '',
    ...((filter.typedConfig ?? {}) as Forwarding),
  }));
  const terminal = filters.at(-1);
  if (!terminal) return '-';
  if (terminal.rds) return `Route: ${terminal.rds.routeConfigName ?? ''}`;
  if (terminal.routeConfig) return `Inline Route: ${terminal.routeConfig.name ?? ''}`;
  if (terminal.weightedClusters)
    return (terminal.weightedClusters.clusters ?? [])
      .map((c) => `Cluster: ${c.name ?? ''} (${c.weight ?? 0})`)
      .join(', ');
  if (terminal.cluster === undefined) return terminal.name;
  const dynamic = filters.some(
    (filter) => filter.name === 'envoy.extensions.filters.network.sni_dynamic_forward_proxy',
  );
  const own = terminal.cluster.includes('|') ? `Cluster: ${terminal.cluster}` : terminal.cluster;
  return dynamic ? `${own} (host from SNI)` : own;
}
