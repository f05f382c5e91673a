import type { HTTPRoute, Percent } from '../../model/istio/virtual-service.ts';
import { frozen } from '../../xds/frozen.ts';
import type { FractionalPercent, RouteActionRequestMirrorPolicy } from '../../xds/types.ts';
import { clusterOf, type Destinations, type Target } from './destination.ts';
import { fractionOf, wholePercent } from './fraction.ts';

/** Copies of requests: first that of `mirror`, then those of `mirrors`. A share of zero means no copy. */
export function buildMirrorPolicies(
  route: HTTPRoute,
  { targetOf }: Pick<Destinations, 'targetOf'>,
): readonly RouteActionRequestMirrorPolicy[] {
  if (!route.mirror && !route.mirrors) return none;
  const policies: RouteActionRequestMirrorPolicy[] = [];
  if (route.mirror) {
    const share = route.mirrorPercentage ? shareOf(route.mirrorPercentage) : wholeShare(route.mirrorPercent);
    if (share) policies.push(mirrorPolicy(targetOf(route.mirror), share));
  }
  for (const { destination, percentage } of route.mirrors ?? []) {
    const share = percentage ? shareOf(percentage) : everything;
    if (share && destination) policies.push(mirrorPolicy(targetOf(destination), share));
  }
  return policies;
}

const none: readonly RouteActionRequestMirrorPolicy[] = [];

const everything: FractionalPercent = frozen(wholePercent(100));

function shareOf(percentage: Percent): FractionalPercent | undefined {
  return (percentage.value ?? 0) > 0 ? fractionOf(percentage) : undefined;
}

function wholeShare(percent: number | undefined): FractionalPercent | undefined {
  if (percent === undefined) return everything;
  return percent > 0 ? wholePercent(percent) : undefined;
}

function mirrorPolicy(target: Target, defaultValue: FractionalPercent): RouteActionRequestMirrorPolicy {
  return {
    cluster: clusterOf(target),
    runtimeFraction: { defaultValue },
    traceSampled: false,
    disableShadowHostSuffixAppend: true,
  };
}
