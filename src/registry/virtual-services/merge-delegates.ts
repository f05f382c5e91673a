import type { ResourceOf } from '../../model/resource.ts';
import type { Mesh } from '../mesh.ts';
import type { SelectedVirtualService } from '../proxy-view.ts';
import { defaultVisibility } from '../visibility.ts';
import { completeVirtualService } from './complete-virtual-service.ts';
import { mergeRoutes } from './merge-routes.ts';

type Resource = ResourceOf<'VirtualService'>;

interface Delegate extends SelectedVirtualService {
  readonly exportTo: ReadonlySet<string>;
}

/**
 * The VirtualServices with hosts, complete names, and the routes of their delegates, which are those without hosts.
 * A route whose delegate does not exist, or is not exported to its namespace, is left out.
 * Source: istio `pilot/pkg/model/virtualservice_controller.go`.
 */
export function mergeDelegates({ resources: all, configuration, memory }: Mesh): readonly SelectedVirtualService[] {
  const { VirtualService: resources } = all;
  const given = memory.collect('delegates', resources, (some: Resource[], resource) => {
    if (!isRoot(resource)) some.push(resource);
  });
  const delegates = memory.once('delegates by name', [given], () =>
    indexDelegates(given, configuration.defaultVirtualServiceExportTo),
  );
  const roots = given.length === 0 ? resources : resources.filter(isRoot);
  return memory.mapEach('merged virtual services', roots, (root) => mergeDelegate(root, delegates), {
    of: ({ spec }) => (spec.http?.some(({ delegate }) => delegate) ? [delegates] : []),
    version: delegates,
  });
}

function isRoot({ spec }: Resource): boolean {
  return (spec.hosts?.length ?? 0) > 0;
}

function indexDelegates(
  resources: readonly Resource[],
  defaultExportTo: readonly string[] | undefined,
): ReadonlyMap<string, Delegate> {
  const delegates = new Map<string, Delegate>();
  for (const resource of resources) {
    const { namespace, name } = resource.metadata;
    delegates.set(`${namespace}/${name}`, {
      metadata: resource.metadata,
      spec: completeVirtualService(resource.spec, namespace),
      exportTo: exportedTo(resource, defaultExportTo),
    });
  }
  return delegates;
}

function exportedTo({ metadata, spec }: Resource, defaults: readonly string[] | undefined): ReadonlySet<string> {
  const entries = spec.exportTo?.length ? spec.exportTo : defaultVisibility(defaults);
  return new Set(entries.map((entry) => (entry === '.' ? metadata.namespace : entry)));
}

function mergeDelegate({ metadata, spec }: Resource, delegates: ReadonlyMap<string, Delegate>): SelectedVirtualService {
  const { namespace } = metadata;
  const semantics = metadata.annotations['internal.istio.io/route-semantics'];
  if (semantics === 'gateway') return { metadata, spec };
  const complete = completeVirtualService(spec, namespace);
  if (semantics === 'ingress' || !complete.http?.some(({ delegate }) => delegate)) return { metadata, spec: complete };
  const http = complete.http.flatMap((route) => {
    if (!route.delegate) return [route];
    const { delegate: named, ...root } = route;
    const delegate = delegates.get(`${named.namespace || namespace}/${named.name ?? ''}`);
    if (!delegate || !(delegate.exportTo.has('*') || delegate.exportTo.has(namespace))) return [];
    return mergeRoutes(root, delegate.spec.http ?? []);
  });
  return { metadata, spec: { ...complete, http } };
}
