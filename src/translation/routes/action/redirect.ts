import type { HTTPRedirect } from '../../../model/istio/virtual-service.ts';
import type { RedirectAction, Route } from '../../../xds/types.ts';
import type { RouteSemantics } from '../route-semantics.ts';

export interface RedirectOptions {
  readonly listenerPort: number;
  readonly terminatesTls: boolean;
  readonly semantics: RouteSemantics;
}

const responseCodes: ReadonlyMap<number, RedirectAction['responseCode']> = new Map([
  // Envoy's default, which needs no word.
  [0, undefined],
  [301, undefined],
  [302, 'FOUND'],
  [303, 'SEE_OTHER'],
  [307, 'TEMPORARY_REDIRECT'],
  [308, 'PERMANENT_REDIRECT'],
]);

/**
 * A redirect with a code that Envoy cannot send leaves the route without any action.
 * Source: istio `pilot/pkg/networking/core/route/route.go`, ApplyRedirect.
 */
export function buildRedirect(redirect: HTTPRedirect, options: RedirectOptions): Pick<Route, 'redirect'> {
  const { authority, scheme, redirectCode = 0 } = redirect;
  if (!responseCodes.has(redirectCode)) return {};
  const responseCode = responseCodes.get(redirectCode);
  const portRedirect = portOf(redirect, options);
  return {
    redirect: {
      ...(scheme && { schemeRedirect: scheme }),
      ...(authority && { hostRedirect: authority }),
      ...(portRedirect !== 0 && { portRedirect }),
      ...pathOf(redirect, options),
      ...(responseCode && { responseCode }),
    },
  };
}

const prefixVariable = '%PREFIX()%';

/** The path is replaced as a whole, even by nothing; Envoy keeps the request's own where it is empty. */
function pathOf({ uri = '' }: HTTPRedirect, { semantics }: RedirectOptions): Partial<RedirectAction> {
  const replacesPrefix = semantics === 'gateway' && uri.startsWith(prefixVariable);
  return replacesPrefix ? { prefixRewrite: uri.slice(prefixVariable.length) } : { pathRedirect: uri };
}

/** A port that the scheme implies is not written into the URL. */
function portOf({ port, derivePort, scheme }: HTTPRedirect, { listenerPort, terminatesTls }: RedirectOptions): number {
  const wanted = port ?? (derivePort === 'FROM_REQUEST_PORT' ? listenerPort : 0);
  const effectiveScheme = scheme || (terminatesTls ? 'https' : 'http');
  const implied = { http: 80, https: 443 }[effectiveScheme];
  return wanted === implied ? 0 : wanted;
}
