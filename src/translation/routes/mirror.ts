import type { HTTPRoute, Percent } from '../../model/istio/virtual-service.ts';
import { frozen } from '../../xds/frozen.ts';
import type { FractionalPercent, RouteActionRequestMirrorPolicy } from '../../xds/types.ts';
import type { Destinations } from './destination.ts';
import { fractionOf, wholePercent } from './fraction.ts';

/** Copies of requests: first that of `mirror`, then those of `mirrors`. A share of zero means no copy. */
export function buildMirrorPolicies(
  route: HTTPRoute,
  { clusterOf }: Pick<Destinations, 'clusterOf'>,
): readonly RouteActionRequestMirrorPolicy[] {
  const policies: RouteActionRequestMirrorPolicy[] = [];
  if (route.mirror) {
    const share = route.mirrorPercentage ? shareOf(route.mirrorPercentage) : wholeShare(route.mirrorPercent);
    if (share) policies.push(mirrorPolicy(clusterOf(route.mirror), share));
  }
  for (const { destination, percentage } of route.mirrors ?? []) {
    const share = percentage ? shareOf(percentage) : everything;
    if (share && destination) policies.push(mirrorPolicy(clusterOf(destination), share));
  }
  return policies;
}

const everything: FractionalPercent = frozen(wholePercent(100));

function shareOf(percentage: Percent): FractionalPercent | undefined {
  return (percentage.value ?? 0) > 0 ? fractionOf(percentage) : undefined;
}

function wholeShare(percent: number | undefined): FractionalPercent | undefined {
  if (percent === undefined) return everything;
  return percent > 0 ? wholePercent(percent) : undefined;
}

function mirrorPolicy(cluster: string, defaultValue: FractionalPercent): RouteActionRequestMirrorPolicy {
  return {
    cluster,
    runtimeFraction: { defaultValue },
    traceSampled: false,
    disableShadowHostSuffixAppend: true,
  };
}
