import { kinds } from '../model/istio/kinds.ts';

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

export interface UnsimulatedKind {
  readonly influential: boolean;
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
    return { influential: true, reason: `${version} is not served; use ${sameGroup.versions.join(', ')}` };
  }
  if (influential.has(`${group}/${kind}`)) {
    return { influential: true, reason: 'this kind is not simulated yet; istiod’s answer may differ' };
  }
  const [other] = known;
  if (other !== undefined) {
    const meant = other.group === '' ? other.versions[0] : `${other.group}/${other.versions[0]}`;
    return { influential: true, reason: `apiVersion "${apiVersion}" has no such kind; ${meant} has` };
  }
  return { influential: false, reason: 'this kind is not simulated' };
}
