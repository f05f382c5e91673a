import type { ConnectionPoolSettings } from '../../model/istio/destination-rule.ts';
import type { MeshConfig } from '../../model/istio/mesh-config.ts';
import { isHttp, isHttp2, isHttpOrSniffed, isSniffed, type Protocol } from '../../model/protocol.ts';
import type { Draft } from '../../xds/draft.ts';
import { frozen } from '../../xds/frozen.ts';
import type {
  Any,
  Cluster,
  CoreHttpProtocolOptions,
  Http1ProtocolOptions,
  HttpProtocolOptions,
  UpstreamHttpProtocolOptions,
} from '../../xds/types.ts';

/** The HTTP version a cluster speaks. `default` is HTTP/1.1 or no HTTP at all. */
export type UpstreamProtocol =
  | { readonly kind: 'default' }
  | { readonly kind: 'http1'; readonly preserveCase: true }
  | { readonly kind: 'http2' }
  /** The version that the client speaks. */
  | { readonly kind: 'downstream'; readonly preserveCase: boolean };

export interface UpstreamProtocolInput {
  readonly protocol: Protocol;
  /** Gateways do not sniff, so that they do not follow the client's version either. */
  readonly sniffs: boolean;
  /** `proxyHeaders.preserveHttp1HeaderCase` of the proxy. */
  readonly preserveCase: boolean;
  /** Upgrades concern outbound clusters alone; absent for inbound ones. */
  readonly meshUpgradePolicy: MeshConfig['h2UpgradePolicy'] | undefined;
  readonly direction: 'outbound' | 'inbound';
  readonly pool: ConnectionPoolSettings | undefined;
}

const defaultProtocol: UpstreamProtocol = { kind: 'default' };
const http2Protocol: UpstreamProtocol = { kind: 'http2' };

/** Source: istio `pilot/pkg/networking/core/cluster_builder.go`, setUpstreamProtocol, and applyH2Upgrade. */
export function selectUpstreamProtocol(input: UpstreamProtocolInput): UpstreamProtocol {
  const ofPort = protocolOfPort(input);
  if (input.pool?.http?.useClientProtocol) {
    return { kind: 'downstream', preserveCase: ofPort.kind === 'http1' };
  }
  if (ofPort.kind === 'default' && input.direction === 'outbound' && isUpgraded(input)) return http2Protocol;
  return ofPort;
}

function protocolOfPort({ protocol, sniffs, preserveCase }: UpstreamProtocolInput): UpstreamProtocol {
  if (isHttp2(protocol)) return http2Protocol;
  const preserves = preserveCase && isHttpOrSniffed(protocol);
  if (isSniffed(protocol) && sniffs) return { kind: 'downstream', preserveCase: preserves };
  return preserves ? { kind: 'http1', preserveCase: true } : defaultProtocol;
}

/** A rule upgrades any port; the mesh-wide setting only those that are declared as HTTP. */
function isUpgraded({ protocol, meshUpgradePolicy, pool }: UpstreamProtocolInput): boolean {
  const ofRule = pool?.http?.h2UpgradePolicy;
  if (ofRule === 'UPGRADE') return true;
  if (ofRule === 'DO_NOT_UPGRADE') return false;
  return isHttp(protocol) && meshUpgradePolicy === 'UPGRADE';
}

const plainOptions = frozen({});
const http1Options: HttpProtocolOptions = frozen({ explicitHttpConfig: { httpProtocolOptions: plainOptions } });
const http2Options: HttpProtocolOptions = frozen({ explicitHttpConfig: { http2ProtocolOptions: plainOptions } });
const caseOptions: Http1ProtocolOptions = frozen({
  headerKeyFormat: {
    statefulFormatter: {
      name: 'preserve_case',
      typedConfig: {
        '@type':
          'type.googleapis.com/envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig',
      },
    },
  },
});

const preservingOptions: HttpProtocolOptions = frozen({ explicitHttpConfig: { httpProtocolOptions: caseOptions } });

function followClient(http1: Http1ProtocolOptions): HttpProtocolOptions {
  return { useDownstreamProtocolConfig: { httpProtocolOptions: http1, http2ProtocolOptions: plainOptions } };
}

const followingOptions = frozen(followClient(plainOptions));
const followingPreservingOptions = frozen(followClient(caseOptions));

/** The HTTP versions a cluster speaks, as Envoy wants them said. */
export function versionOptions(protocol: UpstreamProtocol, maxConcurrentStreams = 0): HttpProtocolOptions {
  switch (protocol.kind) {
    case 'http2':
      return maxConcurrentStreams > 0
        ? { explicitHttpConfig: { http2ProtocolOptions: { maxConcurrentStreams } } }
        : http2Options;
    case 'downstream':
      return protocol.preserveCase ? followingPreservingOptions : followingOptions;
    case 'http1':
      return preservingOptions;
    case 'default':
      return http1Options;
  }
}

/** Limits of connections that Envoy counts as HTTP options although some of them also hold for TCP. */
function commonOptions(pool: ConnectionPoolSettings | undefined): CoreHttpProtocolOptions | undefined {
  const { tcp, http } = pool ?? {};
  const idleTimeout = http?.idleTimeout ?? tcp?.idleTimeout;
  const maxConnectionDuration = tcp?.maxConnectionDuration;
  const maxRequestsPerConnection = http?.maxRequestsPerConnection ?? 0;
  const isEmpty = idleTimeout === undefined && maxConnectionDuration === undefined && maxRequestsPerConnection === 0;
  // A limit of streams alone leaves empty options behind.
  if (isEmpty) return http?.maxConcurrentStreams ? plainOptions : undefined;
  const options: Draft<CoreHttpProtocolOptions> = {};
  if (idleTimeout !== undefined) options.idleTimeout = idleTimeout;
  if (maxRequestsPerConnection) options.maxRequestsPerConnection = maxRequestsPerConnection;
  if (maxConnectionDuration !== undefined) options.maxConnectionDuration = maxConnectionDuration;
  return options;
}

export interface OtherHttpOptions {
  readonly upstreamHttpProtocolOptions?: UpstreamHttpProtocolOptions | undefined;
  /** The pool's `maxConcurrentStreams` does not count. */
  readonly ignoresStreamLimit?: boolean;
}

/** The HTTP options of a cluster; nothing for one without any wish. */
export function buildProtocolOptions(
  protocol: UpstreamProtocol,
  pool: ConnectionPoolSettings | undefined,
  { upstreamHttpProtocolOptions, ignoresStreamLimit = false }: OtherHttpOptions = {},
): Pick<Cluster, 'typedExtensionProtocolOptions'> {
  const commonHttpProtocolOptions = commonOptions(pool);
  const maxConcurrentStreams = ignoresStreamLimit ? 0 : pool?.http?.maxConcurrentStreams;
  if (!commonHttpProtocolOptions && !upstreamHttpProtocolOptions) {
    if (protocol.kind === 'default') return {};
    if (!maxConcurrentStreams) return ofVersionAlone(protocol);
  }
  const options: Draft<HttpProtocolOptions> = {};
  if (commonHttpProtocolOptions) options.commonHttpProtocolOptions = commonHttpProtocolOptions;
  if (upstreamHttpProtocolOptions) options.upstreamHttpProtocolOptions = upstreamHttpProtocolOptions;
  return typedOptions(Object.assign(options, versionOptions(protocol, maxConcurrentStreams)));
}

type TypedOptions = Required<Pick<Cluster, 'typedExtensionProtocolOptions'>>;

const optionsType = 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions';

export function typedOptions(options: HttpProtocolOptions): TypedOptions {
  const message: Any = { '@type': optionsType, ...options };
  return { typedExtensionProtocolOptions: { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': message } };
}

const http2Alone = frozen(typedOptions(http2Options));
const followingAlone = frozen(typedOptions(followingOptions));

/** Shared by the many clusters that only say which version they speak. */
function ofVersionAlone(protocol: UpstreamProtocol): TypedOptions {
  if (protocol.kind === 'http2') return http2Alone;
  if (protocol.kind === 'downstream' && !protocol.preserveCase) return followingAlone;
  return typedOptions(versionOptions(protocol));
}
