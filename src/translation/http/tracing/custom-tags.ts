import type { ProxyConfig } from '../../../model/istio/mesh-config.ts';
import type { Proxy } from '../../../model/proxy.ts';
import type { CustomTag } from '../../../xds/types.ts';
import type { TracingSelection } from '../telemetry/merge-tracing.ts';

const dryRunTag = (tag: string, key: string): CustomTag => ({
  tag: `istio.authorization.dry_run.${tag}`,
  metadata: { kind: { request: {} }, metadataKey: { key: 'envoy.filters.http.rbac', path: [{ key }] } },
});

/** What a dry run of authorization policies would have decided; empty where there is none. */
const dryRunTags: readonly CustomTag[] = [
  dryRunTag('allow_policy.name', 'istio_dry_run_allow_shadow_effective_policy_id'),
  dryRunTag('allow_policy.result', 'istio_dry_run_allow_shadow_engine_result'),
  dryRunTag('deny_policy.name', 'istio_dry_run_deny_shadow_effective_policy_id'),
  dryRunTag('deny_policy.result', 'istio_dry_run_deny_shadow_engine_result'),
];

/** Which workload made the span. */
function workloadTags({ labels, metadata, namespace, clusterId }: Proxy): readonly CustomTag[] {
  const literal = (tag: string, value: string): CustomTag => ({ tag, literal: { value } });
  const meshId = typeof metadata.MESH_ID === 'string' ? metadata.MESH_ID : '';
  return [
    literal('istio.canonical_revision', labels['service.istio.io/canonical-revision'] || 'latest'),
    literal('istio.canonical_service', labels['service.istio.io/canonical-name'] || 'unknown'),
    literal('istio.mesh_id', meshId || 'unknown'),
    literal('istio.namespace', namespace || 'default'),
    literal('istio.cluster_id', clusterId || 'unknown'),
  ];
}

/** What istiod's tags call a workload's properties → the fields of the metadata that its peers have. */
const peerFields = {
  workload: 'workload',
  namespace: 'namespace',
  cluster_id: 'cluster',
  canonical_service: 'service',
  canonical_revision: 'revision',
  app: 'app',
  app_version: 'version',
  workload_type: 'type',
  instance_name: 'name',
} as const;

/** A waypoint stands between two workloads, and tells of both. */
const waypointTags: readonly CustomTag[] = Object.entries(peerFields).flatMap(([tag, field]) => [
  { tag: `istio.source_${tag}`, value: `%FILTER_STATE(downstream_peer_obj:FIELD:${field})%` },
  { tag: `istio.destination_${tag}`, value: `%FILTER_STATE(upstream_peer_obj:FIELD:${field})%` },
]);

type TelemetryTags = NonNullable<TracingSelection['customTags']>;
type ProxyConfigTags = NonNullable<NonNullable<ProxyConfig['tracing']>['customTags']>;
type TagSource = TelemetryTags[string] | ProxyConfigTags[string];

function configuredTag(tag: string, source: TagSource): CustomTag {
  if (source.environment) return { tag, environment: namedValue(source.environment) };
  if (source.header) return { tag, requestHeader: namedValue(source.header) };
  if (source.literal) return { tag, literal: { value: source.literal.value ?? '' } };
  if ('formatter' in source && source.formatter) return { tag, value: source.formatter.value ?? '' };
  return { tag };
}

function namedValue(source: { readonly name?: string; readonly defaultValue?: string }): {
  readonly name: string;
  readonly defaultValue?: string;
} {
  return { name: source.name ?? '', ...(source.defaultValue && { defaultValue: source.defaultValue }) };
}

export interface TagSources {
  readonly proxy: Proxy;
  readonly istioTags: boolean;
  /** Those of the Telemetry API; where it names none, those of the proxy configuration count. */
  readonly telemetryTags?: TelemetryTags;
  readonly proxyConfigTags?: ProxyConfigTags;
}

/** The tags of every span, ordered by name. Source: istio `pilot/pkg/networking/core/tracing.go`. */
export function buildCustomTags(sources: TagSources): readonly CustomTag[] {
  const { proxy, istioTags, telemetryTags = {}, proxyConfigTags = {} } = sources;
  const ofTelemetry = Object.entries(telemetryTags).filter(([, source]) => isSupported(source, proxy));
  const configured = Object.keys(telemetryTags).length > 0 ? ofTelemetry : Object.entries(proxyConfigTags);
  const tags = [
    ...(istioTags ? [...workloadTags(proxy), ...dryRunTags] : []),
    ...(proxy.type === 'waypoint' ? waypointTags : []),
    ...configured.map(([tag, source]) => configuredTag(tag, source)),
  ];
  return tags.sort((a, b) => (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : 0));
}

/** Proxies before 1.29 do not know tags with a format. */
function isSupported(source: TelemetryTags[string], { istioVersion: [major, minor] }: Proxy): boolean {
  return !('formatter' in source && source.formatter) || major > 1 || (major === 1 && minor >= 29);
}
