import { typeUrls } from '../xds/type-urls.ts';
import type { Any, FilterChain, TcpProxy } from '../xds/types.ts';
import { followCluster } from './clusters/follow-cluster.ts';
import { followWeights } from './clusters/follow-weights.ts';
import type { ActionStep, Explanation, NetworkFiltersStep } from './explanation.ts';
import { followHttp } from './http/follow-http.ts';
import { withoutTls } from './request.ts';
import { end, precede, type Walk } from './walk.ts';

type NetworkFilter = NonNullable<FilterChain['filters']>[number];

/** A filter that ends the chain, and what it does with the connection. */
type Terminal =
  | { readonly kind: 'http'; readonly manager: Extract<Any, { readonly '@type': `${string}.HttpConnectionManager` }> }
  | { readonly kind: 'tcp'; readonly proxy: TcpProxy }
  | { readonly kind: 'cluster'; readonly cluster: string; readonly what: string };

/** The chain's filters see the connection one after the other; the last one decides where it goes. */
export function followNetworkFilters(walk: Walk, chain: FilterChain): Explanation {
  const filters = chain.filters ?? [];
  const terminal = filters.map(readTerminal).find((found) => found !== undefined);
  const endsTls = isTls(chain);
  const step: NetworkFiltersStep = {
    kind: 'network-filters',
    filters: filters.map(({ name }) => name),
    ...(terminal && { chosen: terminalName(terminal) }),
    reason: terminal ? terminalReason(terminal) : 'No filter of the chain forwards the connection.',
    rejected: [],
    notes: [...(endsTls ? [tlsNote(chain)] : []), ...filters.flatMap(describeFilter)],
  };
  if (endsTls && !walk.connection.tls) return end('plaintext-to-tls', [step]);
  const inner: Walk = endsTls
    ? { ...walk, ...serverNameOf(walk), connection: withoutTls(walk.connection), decrypted: true }
    : walk;
  if (!terminal) return end('no-filter-chain', [step]);
  return precede(step, {}, followTerminal(inner, terminal, filters));
}

function followTerminal(walk: Walk, terminal: Terminal, filters: readonly NetworkFilter[]): Explanation {
  if (terminal.kind === 'http') return followHttp(walk, terminal.manager);
  if (terminal.kind === 'cluster') return followCluster(walk, terminal.cluster, { layer: 'tcp' });
  return followTcpProxy(walk, terminal.proxy, filters);
}

/** `sni_cluster` puts the server name in the place of the cluster: how gateways between networks pass TLS on. */
function followTcpProxy(walk: Walk, proxy: TcpProxy, filters: readonly NetworkFilter[]): Explanation {
  const { serverName } = walk;
  const bySni = filters.some((filter) => typeOf(filter).endsWith('SniCluster'));
  const name = forwardedName(walk, filters);
  const upstream = { layer: 'tcp', ...(name !== undefined && { name }) } as const;
  const cluster = bySni && serverName !== undefined ? serverName : proxy.cluster;
  if (cluster !== undefined) return followCluster(walk, cluster, upstream);
  const clusters = (proxy.weightedClusters?.clusters ?? []).map(({ name, weight = 0 }) => ({ name, weight }));
  if (clusters.length === 0) return end('cluster-not-found');
  const step: ActionStep = {
    kind: 'action',
    action: 'weighted-clusters',
    chosen: 'weighted clusters',
    weightedClusters: clusters,
    reason: 'Each connection goes to one of the clusters, drawn by weight.',
    rejected: [],
    notes: [],
  };
  return precede(
    step,
    {},
    followWeights(walk, clusters, () => upstream),
  );
}

/** What the SNI dynamic forward proxy will resolve. */
function forwardedName({ connection, serverName }: Walk, filters: readonly NetworkFilter[]): string | undefined {
  const filter = filters.find((candidate) => typeOf(candidate).includes('sni_dynamic_forward_proxy'));
  if (!filter || serverName === undefined) return undefined;
  const { portValue } = (filter.typedConfig ?? {}) as { readonly portValue?: number };
  return `${serverName}:${portValue ?? connection.port}`;
}

function readTerminal(filter: NetworkFilter): Terminal | undefined {
  const config = filter.typedConfig;
  if (!config) return undefined;
  const type = typeOf(filter);
  if (type.endsWith('.HttpConnectionManager'))
    return { kind: 'http', manager: config as Extract<Terminal, { kind: 'http' }>['manager'] };
  if (type.endsWith('.TcpProxy')) return { kind: 'tcp', proxy: config as TcpProxy & Any };
  if (!type.endsWith('.RedisProxy')) return undefined;
  const { prefixRoutes } = config as {
    readonly prefixRoutes?: { readonly catchAllRoute?: { readonly cluster?: string } };
  };
  const cluster = prefixRoutes?.catchAllRoute?.cluster;
  return cluster === undefined ? undefined : { kind: 'cluster', cluster, what: 'the Redis proxy' };
}

function terminalName(terminal: Terminal): string {
  if (terminal.kind === 'http') return 'HTTP connection manager';
  return terminal.kind === 'tcp' ? 'TCP proxy' : terminal.what;
}

function terminalReason(terminal: Terminal): string {
  if (terminal.kind === 'http') return 'It reads HTTP requests and routes each one on its own.';
  if (terminal.kind === 'tcp') return 'It forwards bytes and does not look at hosts, paths or headers.';
  return 'It reads the commands of the protocol and forwards them.';
}

/** Filters before the last one that change what happens; Istio’s own telemetry filters are left out. */
function describeFilter(filter: NetworkFilter): readonly string[] {
  const type = typeOf(filter);
  if (type.includes('sni_dynamic_forward_proxy'))
    return ['The server name (SNI) is resolved, and its address is where the connection goes.'];
  if (type.endsWith('SniCluster')) return ['The server name (SNI) is taken as the name of the cluster.'];
  if (/(Mongo|MySQL|Postgres|Kafka|Zoo[kK]eeper)\w*$/.test(type))
    return [`${filter.name} reads the protocol for metrics.`];
  return [];
}

function typeOf({ name, typedConfig }: NetworkFilter): string {
  return typedConfig?.['@type'] ?? name;
}

function serverNameOf({ connection }: Walk): Pick<Walk, 'serverName'> {
  return connection.sni === undefined ? {} : { serverName: connection.sni };
}

function tlsNote({ transportSocket }: FilterChain): string {
  const config = transportSocket?.typedConfig;
  const asks = config?.['@type'] === typeUrls.downstreamTlsContext && config.requireClientCertificate === true;
  return `The filter chain ends TLS: it presents a certificate${asks ? ', asks the client for one,' : ''} and reads what is inside.`;
}

function isTls({ transportSocket }: FilterChain): boolean {
  return (transportSocket?.typedConfig?.['@type'] ?? '').endsWith('.DownstreamTlsContext');
}
