import { compareText } from '../order.ts';

/**
 * Completes the namespace before a server's host: a dot is the Gateway's own, an asterisk means all of them and is left
 * out. The host that stands for everything in all namespaces leaves no others.
 * Source: istio `pilot/pkg/model/gateway.go`, sanitizeServerHostNamespace.
 */
export function qualifyHosts(hosts: readonly string[], namespace: string): readonly string[] {
  if (hosts.includes('*/*')) return ['*'];
  return hosts.map((host) => {
    const [owner, name] = splitHost(host);
    if (owner === '.') return `${namespace}/${name}`;
    return owner === '*' ? name : host;
  });
}

/** The hosts of a server that VirtualServices of a namespace may use, without the namespace. */
export function hostsForNamespace(hosts: readonly string[], namespace: string): readonly string[] {
  return hosts.flatMap((host) => {
    const [owner, name] = splitHost(host);
    return owner === undefined || owner === '*' || owner === namespace ? [name] : [];
  });
}

export function withoutNamespaces(hosts: readonly string[]): readonly string[] {
  return [...new Set(hosts.map((host) => splitHost(host)[1]))].sort(compareText);
}

function splitHost(host: string): readonly [string | undefined, string] {
  const slash = host.indexOf('/');
  return slash === -1 ? [undefined, host] : [host.slice(0, slash), host.slice(slash + 1)];
}
