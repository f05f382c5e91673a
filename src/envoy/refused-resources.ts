import { refuseCluster } from '../explain/refusals/refuse-cluster.ts';
import { refuseListener } from '../explain/refusals/refuse-listener.ts';
import { refuseRoutes } from '../explain/refusals/refuse-routes.ts';
import type { Cluster, Listener, RouteConfiguration } from '../xds/types.ts';

/** A resource that istiod sends and Envoy refuses by its own rules. */
export interface Refused {
  /** `cluster outbound|443||example.com`, `listener 0.0.0.0_80` or `route 80`. */
  readonly resource: string;
  /** One sentence. */
  readonly reason: string;
}

/** What Envoy would refuse of a snapshot; over xDS only these resources are missing afterwards. */
export function refusedResources({
  clusters,
  listeners,
  routes,
}: {
  readonly clusters: readonly Cluster[];
  readonly listeners: readonly Listener[];
  readonly routes: readonly RouteConfiguration[];
}): readonly Refused[] {
  const files = namedFiles(clusters);
  return [
    ...clusters.flatMap((cluster) => refused(`cluster ${cluster.name}`, refuseCluster(cluster, files))),
    ...listeners.flatMap((listener) => refused(`listener ${listener.name}`, refuseListener(listener))),
    ...routes.flatMap((route) => refused(`route ${route.name}`, refuseRoutes(route))),
  ];
}

function refused(resource: string, reason: string | undefined): readonly Refused[] {
  return reason === undefined ? [] : [{ resource, reason }];
}

/** Every file that a resource reads: whoever runs it has to bring them, so they count as present. */
export function namedFiles(resources: unknown): ReadonlySet<string> {
  const files = new Set<string>();
  JSON.stringify(resources, (key, value) => {
    if (key === 'filename' && typeof value === 'string') files.add(value);
    return value as unknown;
  });
  return files;
}
