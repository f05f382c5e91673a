import { refuseCluster } from '../explain/refusals/refuse-cluster.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import type { Cluster, FilterChain, Listener, RouteConfiguration } from '../xds/types.ts';
import { leaveOutExtensions } from './leave-out-extensions.ts';
import { leaveOutServices } from './leave-out-services.ts';
import { type JsonObject, without } from './map-objects.ts';
import type { Omission, ReportOmission } from './omission.ts';
import { namedFiles } from './refused-resources.ts';
import { makeEndpointsStatic } from './static-endpoints.ts';
import { type Certificates, lacksServerCertificate, makeSecretsStatic } from './static-secrets.ts';

/** A proxy's resources in a form that a stock Envoy understands and that needs nobody to serve endpoints and secrets. */
export interface PreparedSnapshot {
  readonly clusters: readonly Cluster[];
  readonly listeners: readonly Listener[];
  /** Listeners still ask for them by name (RDS). */
  readonly routes: readonly RouteConfiguration[];
  readonly omissions: readonly Omission[];
}

export interface PrepareOptions {
  readonly certificates?: Certificates | undefined;
  /** Clusters go on asking for their endpoints (EDS), because somebody serves them. */
  readonly servedEndpoints?: boolean;
}

/**
 * Makes a snapshot loadable by a stock Envoy: extensions that it lacks are left out, endpoints move into their clusters,
 * secrets become certificates. What Envoy refuses by its own rules is still there: over xDS it is refused alone.
 */
export function prepareSnapshot(
  snapshot: Snapshot,
  { certificates, servedEndpoints = false }: PrepareOptions = {},
): PreparedSnapshot {
  const omissions: Omission[] = [];
  const report: ReportOmission = (omission) => void omissions.push(omission);
  const endpoints = new Map(snapshot.endpoints.map((assignment) => [assignment.clusterName, assignment]));

  const stock = <T>(value: T, resource: string): T =>
    makeSecretsStatic(leaveOutExtensions(value, resource, report), { certificates, resource, report });

  const clusters = snapshot.clusters.map((cluster) =>
    stock(servedEndpoints ? cluster : makeEndpointsStatic(cluster, endpoints), `cluster ${cluster.name}`),
  );
  const files = namedFiles(clusters);
  const loadable = new Set(clusters.filter((cluster) => !refuseCluster(cluster, files)).map(({ name }) => name));
  const listeners = snapshot.listeners.map((listener) => {
    const resource = `listener ${listener.name}`;
    const reachable = leaveOutServices(stock(listener, resource), { clusters: loadable, resource, report });
    return withoutUncertifiedChains(reachable, resource, report);
  });
  const routes = snapshot.routes.map((route) => stock(route, `route ${route.name}`));
  return { clusters, listeners, routes, omissions };
}

function withoutUncertifiedChains(listener: Listener, resource: string, report: ReportOmission): Listener {
  const keep = (chain: FilterChain): boolean => {
    if (!lacksServerCertificate(chain as unknown as JsonObject)) return true;
    report({
      resource,
      part: `filter chain ${chain.name ?? ''}`.trim(),
      reason: 'it ends TLS and no certificate was given',
    });
    return false;
  };
  const { filterChains, defaultFilterChain } = listener;
  return {
    ...without(listener, 'filterChains', 'defaultFilterChain'),
    ...(filterChains && { filterChains: filterChains.filter(keep) }),
    ...(defaultFilterChain && keep(defaultFilterChain) && { defaultFilterChain }),
  };
}
