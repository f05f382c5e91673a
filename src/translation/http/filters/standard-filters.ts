import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { HttpFilter } from '../../../xds/types.ts';

/** Filters without settings of their own; routes give fault and CORS their per-route configuration. */
export const grpcStatsFilter: HttpFilter = frozen({
  name: 'envoy.filters.http.grpc_stats',
  typedConfig: { '@type': typeUrls.grpcStats, emitFilterState: true, statsForAllMethods: false },
});

export const grpcWebFilter: HttpFilter = frozen({
  name: 'envoy.filters.http.grpc_web',
  typedConfig: { '@type': typeUrls.grpcWeb },
});

export const faultFilter: HttpFilter = frozen({
  name: 'envoy.filters.http.fault',
  typedConfig: { '@type': typeUrls.httpFault },
});

export const corsFilter: HttpFilter = frozen({
  name: 'envoy.filters.http.cors',
  typedConfig: { '@type': typeUrls.cors },
});

const router: HttpFilter = frozen({
  name: 'envoy.filters.http.router',
  typedConfig: { '@type': typeUrls.router },
});
const routerWithoutEnvoyHeaders: HttpFilter = frozen({
  name: 'envoy.filters.http.router',
  typedConfig: { '@type': typeUrls.router, suppressEnvoyHeaders: true },
});

/** Always the last filter. `x-envoy-*` headers are left out where `proxyHeaders.envoyDebugHeaders` is disabled. */
export const routerFilter = (suppressEnvoyHeaders: boolean): HttpFilter =>
  suppressEnvoyHeaders ? routerWithoutEnvoyHeaders : router;
