import type { CorsPolicy as IstioCorsPolicy } from '../../model/istio/virtual-service.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type { AnyOf, StringMatcher } from '../../xds/types.ts';
import { wholePercent } from './fraction.ts';
import { buildStringMatcher } from './match/string-match.ts';

export const corsFilterName = 'envoy.filters.http.cors';

/** Envoy's message CorsPolicy. Preflight requests that match no origin go upstream unless they are to be ignored. */
export function buildCorsPolicy(cors: IstioCorsPolicy): AnyOf<'envoy.extensions.filters.http.cors.v3.CorsPolicy'> {
  const origins = allowedOrigins(cors);
  return {
    '@type': typeUrls.corsPolicy,
    ...(origins.length > 0 && { allowOriginStringMatch: origins }),
    ...joined('allowMethods', cors.allowMethods),
    ...joined('allowHeaders', cors.allowHeaders),
    ...joined('exposeHeaders', cors.exposeHeaders),
    ...(cors.maxAge !== undefined && { maxAge: wholeSeconds(cors.maxAge) }),
    ...(cors.allowCredentials !== undefined && { allowCredentials: cors.allowCredentials }),
    filterEnabled: { defaultValue: wholePercent(100) },
    forwardNotMatchingPreflights: cors.unmatchedPreflights !== 'IGNORE',
  };
}

/** `allowOrigin`, the older field, counts only where the newer one is not used. */
function allowedOrigins({ allowOrigins = [], allowOrigin = [] }: IstioCorsPolicy): readonly StringMatcher[] {
  if (allowOrigins.length === 0) return allowOrigin.map((exact) => ({ exact }));
  return allowOrigins.flatMap((origin) => buildStringMatcher(origin) ?? []);
}

function joined<K extends string>(field: K, values: readonly string[] = []): { readonly [name in K]?: string } {
  const text = values.join(',');
  return text === '' ? {} : ({ [field]: text } as { [name in K]: string });
}

/** `86400.500s` → `86400`. */
const wholeSeconds = (duration: string): string => duration.replace(/(\.\d+)?s$/, '');
