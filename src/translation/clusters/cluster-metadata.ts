import type { TLSmode } from '../../model/istio/destination-rule.ts';
import type { Metadata as ResourceMetadata } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { Cluster, JsonObject, JsonValue } from '../../xds/types.ts';

export interface ClusterMetadataInput {
  /** The services that telemetry attributes the cluster's traffic to, as `describeService` names them. */
  readonly services?: readonly JsonObject[] | undefined;
  /** The service lies outside the mesh: its peers do not exchange metadata. */
  readonly external?: boolean;
  /** Tunnels lead to all endpoints: no metadata is exchanged inside. */
  readonly tunnelled?: boolean;
  readonly rule?: ResourceMetadata | undefined;
  readonly subset?: string | undefined;
  readonly tlsMode?: TLSmode | undefined;
}

/** What istiod leaves in a cluster for telemetry and for people who look at it. */
export function buildClusterMetadata(input: ClusterMetadataInput): Pick<Cluster, 'metadata'> {
  const { services, external, tunnelled, rule, subset, tlsMode } = input;
  if (!services && !external && !tunnelled && !rule) return {};
  const istio = describePeers(services, external && !tunnelled);
  if (tunnelled) istio['disable_mx'] = true;
  if (rule) istio['config'] = destinationRulePath(rule);
  if (subset !== undefined) istio['subset'] = subset;
  if (overridesAlpn(rule, tlsMode)) istio['alpn_override'] = 'false';
  return { metadata: { filterMetadata: { istio } } };
}

function describePeers(services: readonly JsonObject[] | undefined, external = false): Record<string, JsonValue> {
  if (!services) return external ? { external } : {};
  return external ? { services, external } : { services };
}

/** The ALPN filter must not replace what the user's own TLS negotiates. */
export function overridesAlpn(rule: ResourceMetadata | undefined, tlsMode: TLSmode | undefined): boolean {
  return rule !== undefined && (tlsMode === 'SIMPLE' || tlsMode === 'MUTUAL');
}

export function describeService({ hostname, name, namespace }: Service): JsonObject {
  return { host: hostname, name, namespace };
}

function destinationRulePath({ namespace, name }: ResourceMetadata): string {
  return `/apis/networking.istio.io/v1/namespaces/${namespace}/destination-rule/${name}`;
}
