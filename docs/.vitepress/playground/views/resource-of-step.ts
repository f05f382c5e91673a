import type { Explanation, Step } from '../../../../src/index.ts';
import type { Section } from '../simulation/protocol.ts';

/** The resource that a station of the way reads, where there is one. */
export function resourceOfStep(
  step: Step,
  { listener, routeConfig, cluster }: Explanation,
): { readonly section: Section; readonly name: string } | undefined {
  const place = (section: Section, name: string | undefined) => (name === undefined ? undefined : { section, name });
  switch (step.kind) {
    case 'listener':
      return place('listeners', step.chosen ?? listener);
    case 'listener-filters':
    case 'filter-chain':
    case 'network-filters':
      return place('listeners', listener);
    case 'virtual-host':
      return place('routes', step.routeConfig);
    case 'route':
    case 'action':
      return place('routes', routeConfig);
    case 'cluster':
      return place('clusters', step.chosen);
    case 'endpoints':
      return place('clusters', cluster);
    default:
      return undefined;
  }
}
