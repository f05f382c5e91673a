import type { ResourceOf } from '../model/resource.ts';
import { attachesByReference, isKubernetesGateway } from './policy-attachment.ts';
import type { ProxyView } from './proxy-view.ts';

export type EnvoyFilterResource = ResourceOf<'EnvoyFilter'>;

/**
 * The EnvoyFilters for one proxy, in the order in which they apply: by priority, those of the root namespace before those
 * of the proxy's, the older first. Source: istio `pilot/pkg/model/push_context.go`, EnvoyFilters.
 */
export function selectEnvoyFilters({ mesh, proxy }: ProxyView): readonly EnvoyFilterResource[] {
  const { rootNamespace } = mesh;
  const order = compareFilters(rootNamespace);
  return mesh.resources.EnvoyFilter.filter(
    (filter) =>
      (filter.metadata.namespace === rootNamespace || filter.metadata.namespace === proxy.namespace) &&
      appliesTo(filter, { mesh, proxy }),
  ).sort(order);
}

/** With target references a filter is for gateways only, whatever its selector says; waypoints have no other way. */
function appliesTo(filter: EnvoyFilterResource, { mesh, proxy }: Pick<ProxyView, 'mesh' | 'proxy'>): boolean {
  const { workloadSelector, targetRefs = [] } = filter.spec;
  if (isKubernetesGateway(proxy)) {
    if (targetRefs.length > 0) return attachesByReference(filter, { mesh, proxy });
    if (proxy.type === 'waypoint') return false;
  } else if (targetRefs.length > 0) {
    return false;
  }
  return Object.entries(workloadSelector?.labels ?? {}).every(([key, value]) => proxy.labels[key] === value);
}

function compareFilters(rootNamespace: string): (a: EnvoyFilterResource, b: EnvoyFilterResource) => number {
  const inRoot = ({ metadata }: EnvoyFilterResource): number => (metadata.namespace === rootNamespace ? 0 : 1);
  return (a, b) =>
    (a.spec.priority ?? 0) - (b.spec.priority ?? 0) ||
    inRoot(a) - inRoot(b) ||
    a.metadata.creationTime - b.metadata.creationTime ||
    (sortName(a) < sortName(b) ? -1 : 1);
}

function sortName({ metadata }: EnvoyFilterResource): string {
  return `${metadata.name}.${metadata.namespace}`;
}
