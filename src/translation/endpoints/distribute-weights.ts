import type { Distribute } from '../../model/istio/destination-rule.ts';
import { type Locality, parseLocality } from '../../model/locality.ts';
import type { LocalityLbEndpoints } from '../../xds/types.ts';

/**
 * Weighs localities by the first rule that begins where the proxy is. The weight of a destination is divided among the
 * localities it matches, by the weights they have; a locality that no destination matches loses its endpoints.
 */
export function distributeWeights(
  localities: readonly LocalityLbEndpoints[],
  own: Locality,
  distribute: readonly Distribute[],
): readonly LocalityLbEndpoints[] {
  const rule = distribute.find(({ from = '' }) => localityMatches(own, from));
  if (!rule) return localities;
  const destinations = Object.entries(rule.to ?? {});
  const chosen = localities.map(({ locality = {} }) => destinations.find(([to]) => localityMatches(locality, to)));
  const totals = new Map<string, number>();
  localities.forEach((group, index) => {
    const to = chosen[index]?.[0];
    if (to !== undefined) totals.set(to, (totals.get(to) ?? 0) + weightOf(group));
  });
  return localities.map((group, index) => {
    const destination = chosen[index];
    if (!destination) {
      const { lbEndpoints: _, ...empty } = group;
      return empty;
    }
    const [to, weight] = destination;
    const share = (weightOf(group) * weight) / (totals.get(to) ?? 1);
    return share > 0 ? { ...group, loadBalancingWeight: Math.ceil(share) } : group;
  });
}

function weightOf({ loadBalancingWeight }: LocalityLbEndpoints): number {
  return loadBalancingWeight ?? 1;
}

/** A rule names a region, a zone in it and a sub-zone in that; `*` and what is left out match anything. */
function localityMatches(locality: Partial<Locality>, rule: string): boolean {
  const { region, zone, subZone } = parseLocality(rule);
  return (
    (region === '*' || region === (locality.region ?? '')) &&
    (zone === '*' || zone === '' || zone === (locality.zone ?? '')) &&
    (subZone === '*' || subZone === '' || subZone === (locality.subZone ?? ''))
  );
}
