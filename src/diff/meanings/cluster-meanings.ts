import { type ChangedResource, facet, type Meaning, property, fields as sayOf } from './meaning.ts';
import { acceptedNames, originatedTls, serverNameSent, verifiesServer } from './upstream-tls.ts';

const discoveryWords: Readonly<Record<string, string>> = {
  STATIC: 'a fixed list',
  EDS: 'istiod',
  STRICT_DNS: 'all addresses in DNS',
  LOGICAL_DNS: 'one address at a time from DNS',
  ORIGINAL_DST: 'the address that the application chose',
};

const transport = /^transportSocket/;
const protocol = /^typedExtensionProtocolOptions/;
const limits = /^circuitBreakers/;

export const clusterMeanings: readonly Meaning[] = [
  facet(
    property('clusters', transport, {
      read: originatedTls,
      appeared: 'now originate(s|) {after}',
      vanished: 'no longer originate(s|) {before}',
      changed: 'originate(s|) {after} instead of {before}',
    }),
  ),
  facet(
    property('clusters', transport, {
      read: (cluster) => (verifiesServer(cluster) ? 'yes' : undefined),
      appeared: 'now verif(ies|y) server certificates',
      vanished: 'no longer verif(ies|y) server certificates',
    }),
  ),
  facet(
    property('clusters', transport, {
      read: acceptedNames,
      appeared: 'now accept(s|) only certificates for {after}',
      vanished: 'no longer check(s|) the names in server certificates',
      changed: 'accept(s|) certificates for {after} instead of {before}',
    }),
  ),
  facet(
    property('clusters', transport, {
      read: serverNameSent,
      appeared: 'now send(s|) the SNI {after}',
      vanished: 'no longer send(s|) an SNI',
      changed: 'send(s|) the SNI {after} instead of {before}',
    }),
  ),
  property('clusters', /^(type|clusterType|edsClusterConfig|lbPolicy)/, {
    read: ({ type, clusterType }) =>
      clusterType ? `the dynamic forward proxy's DNS` : (discoveryWords[type ?? 'STATIC'] ?? String(type)),
    changed: 'take(s|) endpoints from {after} instead of {before}',
  }),
  property('clusters', /^(lbPolicy|ringHashLbConfig|maglevLbConfig|leastRequestLbConfig)/, {
    read: ({ lbPolicy }) => String(lbPolicy ?? 'ROUND_ROBIN'),
    changed: 'balance(s|) load by {after} instead of {before}',
  }),
  property('clusters', /^connectTimeout$/, {
    read: ({ connectTimeout }) => connectTimeout,
    changed: 'wait(s|) {after} instead of {before} for a connection',
  }),
  facet(
    property('clusters', protocol, {
      read: upstreamProtocol,
      changed: 'speak(s|) {after} instead of {before} to servers',
    }),
  ),
  facet(
    property('clusters', protocol, {
      read: (cluster) => (upstreamOptions(cluster)?.autoSni ? 'yes' : undefined),
      appeared: "now send(s|) the request's host as SNI",
      vanished: "no longer send(s|) the request's host as SNI",
    }),
  ),
  facet(
    property('clusters', protocol, {
      read: (cluster) => (upstreamOptions(cluster)?.autoSanValidation ? 'yes' : undefined),
      appeared: 'now check(s|) that server certificates name the SNI',
      vanished: 'no longer check(s|) that server certificates name the SNI',
    }),
  ),
  sayOf('clusters', /^circuitBreakers\.thresholds\[\]\.maxConnections$/, {
    changed: 'open(s|) at most {after} connections instead of {before}',
  }),
  sayOf('clusters', limits, { changed: '(has|have) other limits for connections, requests or retries' }),
  sayOf('clusters', /^outlierDetection$/, {
    appeared: 'now eject(s|) hosts that fail',
    vanished: 'no longer eject(s|) hosts that fail',
  }),
  sayOf('clusters', /^outlierDetection/, { changed: 'eject(s|) failing hosts by other rules' }),
  sayOf('clusters', /^loadAssignment.*\.metadata/, {
    changed: '(tells|tell) other things of endpoints, such as their workload',
  }),
  sayOf('clusters', /^loadAssignment/, { changed: '(has|have) other endpoints' }),
  sayOf('clusters', /^(dns|respectDnsTtl|typedDnsResolverConfig)/, { changed: 'look(s|) up names differently' }),
  sayOf('clusters', /^upstreamConnectionOptions/, { changed: 'keep(s|) connections alive differently' }),
  sayOf('clusters', /^typedExtensionProtocolOptions/, { changed: 'use(s|) other HTTP settings towards servers' }),
  property('clusters', /^commonLbConfig\.healthyPanicThreshold/, {
    read: panic,
    changed: 'turn(s|) to unhealthy endpoints {after} instead of {before}',
  }),
  sayOf('clusters', /^(commonLbConfig|lbSubsetConfig)/, { changed: 'weigh(s|) localities and health differently' }),
  sayOf('clusters', /^(metadata|altStatName)/, { changed: '(appears|appear) differently in telemetry' }),
];

interface ProtocolOptions {
  readonly explicitHttpConfig?: { readonly http2ProtocolOptions?: object };
  readonly useDownstreamProtocolConfig?: object;
  readonly autoConfig?: object;
  readonly upstreamHttpProtocolOptions?: { readonly autoSni?: boolean; readonly autoSanValidation?: boolean };
}

function protocolOptions(cluster: ChangedResource['after']): ProtocolOptions | undefined {
  return cluster?.typedExtensionProtocolOptions?.['envoy.extensions.upstreams.http.v3.HttpProtocolOptions'];
}

function upstreamOptions(cluster: ChangedResource['after']): ProtocolOptions['upstreamHttpProtocolOptions'] {
  return protocolOptions(cluster)?.upstreamHttpProtocolOptions;
}

function upstreamProtocol(cluster: ChangedResource['after']): string {
  const options = protocolOptions(cluster);
  if (options?.explicitHttpConfig?.http2ProtocolOptions !== undefined) return 'HTTP/2';
  if (options?.useDownstreamProtocolConfig !== undefined) return "the client's HTTP version";
  if (options?.autoConfig !== undefined) return 'the HTTP version that the server offers';
  return 'HTTP/1.1';
}

/** Envoy's own threshold is 50 %. */
function panic({ commonLbConfig }: ChangedResource['after']): string {
  const threshold = commonLbConfig?.healthyPanicThreshold;
  const percent = threshold === undefined ? 50 : (threshold.value ?? 0);
  return percent === 0 ? 'never' : `where fewer than ${percent} % are healthy`;
}
