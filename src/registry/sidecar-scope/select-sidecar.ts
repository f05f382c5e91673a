import type { Proxy } from '../../model/proxy.ts';
import type { ResourceOf } from '../../model/resource.ts';
import { hasLabels } from '../labels.ts';

type Sidecar = ResourceOf<'Sidecar'>;

/**
 * The Sidecar of a proxy: one of its namespace that selects it, else its namespace's for every workload, else that of
 * the root namespace for every workload. Of several, the oldest.
 * Source: istio `pilot/pkg/model/push_context.go`, initSidecarScopes and getSidecarScope.
 */
export function selectSidecar(proxy: Proxy, sidecars: readonly Sidecar[], rootNamespace: string): Sidecar | undefined {
  if (proxy.type !== 'sidecar') return undefined;
  const own = sidecars.filter(({ metadata }) => metadata.namespace === proxy.namespace);
  const isForAll = ({ spec }: Sidecar): boolean => !spec.workloadSelector;
  return (
    own.find(({ spec }) => spec.workloadSelector && hasLabels(proxy.labels, spec.workloadSelector.labels ?? {})) ??
    own.find(isForAll) ??
    sidecars.find((sidecar) => sidecar.metadata.namespace === rootNamespace && isForAll(sidecar))
  );
}
