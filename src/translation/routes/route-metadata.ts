import type { Metadata } from '../../model/resource.ts';
import type { Route } from '../../xds/types.ts';

/** Where a route came from, for telemetry: always the current API version, whichever one the manifest used. */
export function configMetadata({ namespace, name }: Metadata): NonNullable<Route['metadata']> {
  const config = `/apis/networking.istio.io/v1/namespaces/${namespace}/virtual-service/${name}`;
  return { filterMetadata: { istio: { config } } };
}
