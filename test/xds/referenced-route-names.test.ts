import { expect, it } from 'vitest';
import { referencedRouteNames } from '../../src/xds/referenced-route-names.ts';
import { typeUrls } from '../../src/xds/type-urls.ts';
import type { FilterChain } from '../../src/xds/types.ts';

const chainTo = (routeConfigName: string): FilterChain => ({
  filters: [
    {
      name: 'envoy.filters.network.http_connection_manager',
      typedConfig: {
        '@type': typeUrls.httpConnectionManager,
        statPrefix: 'http',
        rds: { configSource: { ads: {} }, routeConfigName },
      },
    },
  ],
});

it('lists each route configuration once, those of default chains too', () => {
  const listeners = [
    { name: 'a', filterChains: [chainTo('80'), chainTo('8080')], defaultFilterChain: chainTo('443') },
    { name: 'b', filterChains: [chainTo('80'), { filters: [{ name: 'no configuration' }] }] },
    { name: 'c' },
  ];
  expect(referencedRouteNames(listeners)).toEqual(['80', '8080', '443']);
});
