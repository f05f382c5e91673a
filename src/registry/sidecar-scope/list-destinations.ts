import type { Destination, HTTPRoute, VirtualService } from '../../model/istio/virtual-service.ts';

/**
 * The hosts that a VirtualService leads a namespace's traffic to, with the ports it names; 0 where it leaves the port open.
 * The empty name stands for any namespace.
 * Source: istio `pilot/pkg/model/push_context.go`, virtualServiceDestinationsFilteredBySourceNamespace.
 */
export function listDestinations(spec: VirtualService, namespace: string): ReadonlyMap<string, ReadonlySet<number>> {
  const ports = new Map<string, Set<number>>();
  const add = (destination: Destination | undefined): void => {
    if (!destination) return;
    const { host = '', port } = destination;
    const known = ports.get(host);
    if (known) known.add(port?.number ?? 0);
    else ports.set(host, new Set([port?.number ?? 0]));
  };
  for (const http of spec.http ?? []) {
    if (!isForNamespace(http, namespace)) continue;
    for (const { destination } of http.route ?? []) add(destination);
    add(http.mirror);
    for (const { destination } of http.mirrors ?? []) add(destination);
  }
  for (const { route } of [...(spec.tcp ?? []), ...(spec.tls ?? [])]) {
    for (const { destination } of route ?? []) add(destination);
  }
  return ports;
}

/** Whether it leads some namespaces elsewhere than others. */
export function distinguishesCallers({ http = [] }: VirtualService): boolean {
  return http.some(({ match }) => match?.some(({ sourceNamespace }) => sourceNamespace));
}

/** One condition that names the namespace is enough; conditions without a namespace do not count. */
function isForNamespace({ match = [] }: HTTPRoute, namespace: string): boolean {
  if (namespace === '') return true;
  const named = match.flatMap(({ sourceNamespace }) => (sourceNamespace ? [sourceNamespace] : []));
  return named.length === 0 || named.includes(namespace);
}
