import type { Translation } from '../translate.ts';

/** What every sidecar gets, whatever the manifests say: tables leave it out, so that the example stands out. */
export const commonResources: ReadonlySet<string> = new Set([
  'BlackHoleCluster',
  'InboundPassthroughCluster',
  'PassthroughCluster',
  'agent',
  'prometheus_stats',
  'sds-grpc',
  'xds-grpc',
  'virtualInbound',
  'virtualOutbound',
]);

export interface OwnResources {
  readonly translation: Translation;
  readonly omitted: { readonly clusters: number; readonly listeners: number; readonly routes: number };
}

/** The translation without what every sidecar gets. */
export function ownResources(translation: Translation): OwnResources {
  const own = <T extends { readonly name?: string }>(resources: readonly T[]): readonly T[] =>
    resources.filter(({ name = '' }) => !commonResources.has(name));
  const clusters = own(translation.clusters);
  const listeners = own(translation.listeners);
  const routes = own(translation.routes);
  return {
    translation: { ...translation, clusters, listeners, routes },
    omitted: {
      clusters: translation.clusters.length - clusters.length,
      listeners: translation.listeners.length - listeners.length,
      routes: translation.routes.length - routes.length,
    },
  };
}
