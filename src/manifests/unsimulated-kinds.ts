import { kinds } from '../model/istio/kinds.ts';
import { nearestName } from '../model/nearest-name.ts';

/** Kinds that change what a proxy is sent, so leaving them out makes the answer differ from istiod's. */
const influential: ReadonlySet<string> = new Set([
  'extensions.istio.io/TrafficExtension',
  'extensions.istio.io/WasmPlugin',
  'gateway.networking.k8s.io/BackendTLSPolicy',
  'gateway.networking.k8s.io/GRPCRoute',
  'gateway.networking.k8s.io/HTTPRoute',
  'gateway.networking.k8s.io/ListenerSet',
  'gateway.networking.k8s.io/ReferenceGrant',
  'gateway.networking.k8s.io/TCPRoute',
  'gateway.networking.k8s.io/TLSRoute',
  'networking.istio.io/ProxyConfig',
  'networking.k8s.io/Ingress',
  'networking.x-k8s.io/XListenerSet',
  'security.istio.io/AuthorizationPolicy',
  'security.istio.io/RequestAuthentication',
]);

/** The API groups of Kubernetes itself, with those of its special interest groups, and of Istio. */
const servedGroups =
  /^(?:[a-z]*|(?:[a-z.-]+\.)?(?:x-)?k8s\.io|(?:extensions|networking|security|telemetry)\.istio\.io)$/;

export interface UnsimulatedKind {
  readonly influential: boolean;
  /** A cluster with Kubernetes, Istio and the Gateway API alone refuses a kind that it does not serve. */
  readonly served: boolean;
  /** Why it is left out and what follows. */
  readonly reason: string;
}

/** Says why a kind that `findKind` does not know is left out. */
export function explainUnsimulated(apiVersion: string, kind: string): UnsimulatedKind {
  const slash = apiVersion.indexOf('/');
  const group = slash === -1 ? '' : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  const known = Object.values(kinds).filter(({ manifestKind }) => manifestKind === kind);
  const sameGroup = known.find((definition) => definition.group === group);
  if (sameGroup !== undefined) {
    return {
      influential: true,
      served: false,
      reason: `${version} is not served; use ${sameGroup.versions.join(', ')}`,
    };
  }
  if (influential.has(`${group}/${kind}`)) {
    return { influential: true, served: true, reason: 'this kind is not simulated yet; istiod’s answer may differ' };
  }
  const [other] = known;
  if (other !== undefined) {
    const meant = other.group === '' ? other.versions[0] : `${other.group}/${other.versions[0]}`;
    return { influential: true, served: false, reason: `apiVersion "${apiVersion}" has no such kind; ${meant} has` };
  }
  // A Kustomization is for a tool, whatever its group's name says.
  const served = servedGroups.test(group) && group !== 'kustomize.config.k8s.io';
  const meant = nearestKind(group, kind);
  const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  return { influential: false, served, reason: `this kind is not simulated${hint}` };
}

/** In Istio's own groups, where an unknown kind is probably misspelt. */
function nearestKind(group: string, kind: string): string | undefined {
  if (!group.endsWith('.istio.io')) return undefined;
  const names = Object.values(kinds).flatMap((known) => (known.group === group ? known.manifestKind : []));
  return nearestName(kind, names);
}
