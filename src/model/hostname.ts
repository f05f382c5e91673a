/**
 * Host names as Istio compares them: a name is a wildcard when it begins with `*`.
 * Source: istio `pkg/config/host/name.go`.
 */
export function isWildcard(hostname: string): boolean {
  return hostname.startsWith('*');
}

/** Whether two names overlap: one of them covers the other. Symmetric. */
export function hostnamesMatch(left: string, right: string): boolean {
  if (isWildcard(left) && isWildcard(right)) {
    const [shorter, longer] = left.length < right.length ? [left, right] : [right, left];
    return longer.slice(1).endsWith(shorter.slice(1));
  }
  if (isWildcard(left)) return right.endsWith(left.slice(1));
  if (isWildcard(right)) return left.endsWith(right.slice(1));
  return left === right;
}

/** Whether every name that `inner` stands for is also covered by `outer`. */
export function hostnameIsSubsetOf(inner: string, outer: string): boolean {
  if (!isWildcard(outer)) return inner === outer;
  if (isWildcard(inner)) return inner.length >= outer.length && inner.slice(1).endsWith(outer.slice(1));
  return inner.endsWith(outer.slice(1));
}

/**
 * Completes a short name with the namespace of the resource that uses it.
 * A name with a dot, an IPv6 address, or `*` is taken as it is. Source: istio `pilot/pkg/model/config.go`, ResolveShortnameToFQDN.
 */
export function completeHostname(hostname: string, namespace: string): string {
  if (hostname === '' || hostname === '*' || hostname.includes('.') || hostname.includes(':')) return hostname;
  return namespace === '' ? `${hostname}.svc.${clusterDomain}` : `${hostname}.${namespace}.svc.${clusterDomain}`;
}

/** The DNS domain of the cluster; scenarios always use Kubernetes' default. */
export const clusterDomain = 'cluster.local';
