import type { StringMatch } from '../../../model/istio/virtual-service.ts';
import type { MetadataMatcher, ValueMatcher } from '../../../xds/types.ts';
import { buildStringMatcher } from './string-match.ts';

const claimHeader = '@request.auth.claims';

/**
 * Matches a claim of the request's JWT, which the JWT filter leaves in the dynamic metadata: the claim is the text, or a
 * list that holds it. Absent where the header is an ordinary one.
 * Documented at https://istio.io/latest/docs/tasks/security/authentication/jwt-route/.
 */
export function buildClaimMatcher(header: string, match: StringMatch): MetadataMatcher | undefined {
  const claims = claimsOf(header);
  if (!claims) return undefined;
  const value: ValueMatcher = { stringMatch: buildStringMatcher(match) ?? {} };
  return {
    filter: 'envoy.filters.http.jwt_authn',
    path: ['payload', ...claims].map((key) => ({ key })),
    value: { orMatch: { valueMatchers: [{ listMatch: { oneOf: value } }, value] } },
  };
}

/** `@request.auth.claims.group.id` and `@request.auth.claims[group][id]` name the same nested claim. */
function claimsOf(header: string): readonly string[] | undefined {
  if (!header.toLowerCase().startsWith(claimHeader)) return undefined;
  const name = header.slice(claimHeader.length);
  if (name.startsWith('.') && name.length > 1) return name.slice(1).split('.');
  if (name.startsWith('[') && name.endsWith(']') && name.length > 2) return name.slice(1, -1).split('][');
  return undefined;
}
