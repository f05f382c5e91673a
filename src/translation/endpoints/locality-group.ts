import type { Endpoint } from '../../model/endpoint.ts';
import type { LocalityLbEndpoints } from '../../xds/types.ts';

/** The endpoints of one locality, with what Envoy gets to know of each at the same index. */
export interface LocalityGroup {
  readonly endpoints: readonly Endpoint[];
  readonly lbEndpoints: LocalityLbEndpoints;
}
