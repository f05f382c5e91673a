import { oncePer } from '../../model/once-per.ts';
import type { RouteConfiguration } from '../../xds/types.ts';

/** Why Envoy does not load this route configuration; absent where it does. The text is one sentence. */
export const refuseRoutes = oncePer(({ name, virtualHosts = [] }: RouteConfiguration): string | undefined => {
  const claimed = new Map<string, string>();
  for (const virtualHost of virtualHosts) {
    for (const domain of virtualHost.domains) {
      const key = domain.toLowerCase();
      const other = claimed.get(key);
      if (other !== undefined)
        return domain === '*'
          ? `Only a single wildcard domain is permitted in route ${name}, and the virtual hosts ${other} and ${virtualHost.name} both have one.`
          : `Domains must be unique in route ${name}, and the virtual hosts ${other} and ${virtualHost.name} both claim ${domain}.`;
      claimed.set(key, virtualHost.name);
    }
  }
  return undefined;
});
