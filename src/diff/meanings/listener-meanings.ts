import type { FieldChange } from '../difference.ts';
import { type ChangedResource, fields, type Meaning, property } from './meaning.ts';

type Listener = ChangedResource['after'];

const filterChain = /^filterChains\[\]$/;

export const listenerMeanings: readonly Meaning[] = [
  property('listeners', /^(filterChains|defaultFilterChain)/, {
    read: unknownTraffic,
    changed: 'send(s|) connections that match nothing to the {after} instead of the {before}',
  }),
  property('listeners', /^(address|additionalAddresses)/, {
    read: addressText,
    changed: 'listen(s|) on {after} instead of {before}',
  }),
  {
    section: 'listeners',
    covers: filterChain,
    phrase: ({ changes }) => chainPhrase(changes),
  },
  fields('listeners', /^(filterChains\[\]|defaultFilterChain)\.filterChainMatch/, {
    changed: '(tells|tell) connections apart differently',
  }),
  fields('listeners', /\.typedConfig\.cluster$/, {
    changed: 'send(s|) TCP connections to {after} instead of {before}',
  }),
  fields('listeners', /\.typedConfig\.weightedClusters/, { changed: 'spread(s|) TCP connections differently' }),
  fields('listeners', /\.typedConfig\.rds\.routeConfigName$/, {
    changed: 'take(s|) routes from {after} instead of {before}',
  }),
  fields('listeners', /accessLog(\[\])?$/, { appeared: 'now log(s|) access', vanished: 'no longer log(s|) access' }),
  fields('listeners', /accessLog/, { changed: 'log(s|) access differently' }),
  fields('listeners', /\.tracing$/, { appeared: 'now trace(s|) requests', vanished: 'no longer trace(s|) requests' }),
  fields('listeners', /\.tracing/, { changed: 'trace(s|) requests differently' }),
  fields('listeners', /\.httpFilters\[\]$/, {
    appeared: 'run(s|) another HTTP filter',
    vanished: 'run(s|) an HTTP filter less',
    changed: 'run(s|) other HTTP filters',
  }),
  fields('listeners', /\.httpFilters/, { changed: 'run(s|) HTTP filters with other settings, or in another order' }),
  fields('listeners', /^listenerFilters/, { changed: 'inspect(s|) connections differently' }),
  fields('listeners', /^(listenerFiltersTimeout|continueOnListenerFiltersTimeout)$/, {
    changed: 'wait(s|) differently for what the client says first',
  }),
  property('listeners', /transportSocket/, {
    read: clientCertificates,
    appeared: 'now demand(s|) client certificates on some ports',
    vanished: 'no longer demand(s|) client certificates',
    changed: 'demand(s|) client certificates for other connections',
  }),
  fields('listeners', /transportSocket/, { changed: 'accept(s|) TLS differently' }),
  fields('listeners', /\.routeConfig\.virtualHosts/, { changed: '(has|have) other routes' }),
  fields('listeners', /(statPrefix|\.name|^metadata.*)$/, { changed: '(appears|appear) differently in telemetry' }),
  fields('listeners', /\.filters\[\]$/, { changed: 'run(s|) other network filters' }),
];

function unknownTraffic(listener: Listener): string | undefined {
  const chains = [...(listener?.filterChains ?? []), listener?.defaultFilterChain];
  const catchAll = chains.find((chain) =>
    ['virtualOutbound-catchall-tcp', 'PassthroughFilterChain', 'BlockAllFilterChain'].includes(chain?.name),
  );
  const filter = catchAll?.filters?.find((candidate: Listener) => candidate.typedConfig?.cluster !== undefined);
  return filter?.typedConfig.cluster;
}

function addressText(listener: Listener): string {
  const addresses = [listener?.address, ...(listener?.additionalAddresses ?? []).map((more: Listener) => more.address)];
  return addresses.map((at) => `${at?.socketAddress?.address}:${at?.socketAddress?.portValue}`).join(', ');
}

function clientCertificates(listener: Listener): string | undefined {
  const demanding = [...(listener?.filterChains ?? [])].filter(
    (chain) => chain?.transportSocket?.typedConfig?.requireClientCertificate === true,
  );
  return demanding.length === 0 ? undefined : demanding.map((chain) => JSON.stringify(chain.filterChainMatch)).join();
}

function chainPhrase(changes: readonly FieldChange[]): string | undefined {
  const appeared = changes.flatMap((change) => (change.kind === 'added' ? chainLabel(change.after) : []));
  const vanished = changes.flatMap((change) => (change.kind === 'removed' ? chainLabel(change.before) : []));
  const parts = [
    ...(appeared.length > 0 ? [`now (tells|tell) ${appeared.join(', ')} apart`] : []),
    ...(vanished.length > 0 ? [`no longer (tells|tell) ${vanished.join(', ')} apart`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(' and ');
}

function chainLabel(chain: Listener): string {
  const match = chain?.filterChainMatch ?? {};
  if (match.serverNames) return `SNI ${match.serverNames.join(', ')}`;
  if (match.prefixRanges) return match.prefixRanges.map((range: Listener) => range.addressPrefix).join(', ');
  if (match.applicationProtocols) return match.applicationProtocols.join(', ');
  if (match.transportProtocol) return match.transportProtocol;
  return chain?.name ?? 'all other connections';
}
