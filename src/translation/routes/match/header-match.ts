import type { HTTPMatchRequest, StringMatch } from '../../../model/istio/virtual-service.ts';
import type { HeaderMatcher, MetadataMatcher } from '../../../xds/types.ts';
import { buildClaimMatcher } from './claim-match.ts';
import { compareText } from './compare-text.ts';
import { asksForPresence, buildStringMatcher } from './string-match.ts';

/** What the headers of a request must and must not be; headers named for JWT claims look at metadata instead. */
export interface HeaderConditions {
  readonly headers: readonly HeaderMatcher[];
  readonly dynamicMetadata: readonly MetadataMatcher[];
}

/** `headers` and `withoutHeaders`, ordered by name; of one header, what it must be comes first. */
export function buildHeaderConditions({ headers, withoutHeaders }: HTTPMatchRequest): HeaderConditions {
  if (!headers && !withoutHeaders) return none;
  const matchers: HeaderMatcher[] = [];
  const dynamicMetadata: MetadataMatcher[] = [];
  for (const [name, match] of byName(headers)) {
    const claim = buildClaimMatcher(name, match);
    if (claim) dynamicMetadata.push(claim);
    else matchers.push(buildHeaderMatcher(name, match));
  }
  for (const [name, match] of byName(withoutHeaders)) {
    const claim = buildClaimMatcher(name, match);
    if (claim) dynamicMetadata.push({ ...claim, invert: true });
    else matchers.push(withoutHeader(name, match));
  }
  if (matchers.length > 1) matchers.sort((a, b) => compareText(a.name, b.name));
  return { headers: matchers, dynamicMetadata };
}

const none: HeaderConditions = { headers: [], dynamicMetadata: [] };

export function buildHeaderMatcher(name: string, match: StringMatch): HeaderMatcher {
  if (asksForPresence(match)) return { name, presentMatch: true };
  const stringMatch = buildStringMatcher(match);
  return stringMatch ? { name, stringMatch } : { name };
}

/** A request without the header matches, too; Envoy refuses to say so together with a match for presence. */
function withoutHeader(name: string, match: StringMatch): HeaderMatcher {
  return {
    ...buildHeaderMatcher(name, match),
    invertMatch: true,
    ...(!asksForPresence(match) && { treatMissingHeaderAsEmpty: true }),
  };
}

function byName<T>(entries: Readonly<Record<string, T>> = {}): readonly (readonly [string, T])[] {
  const list = Object.entries(entries);
  return list.length < 2 ? list : list.sort(([a], [b]) => compareText(a, b));
}
