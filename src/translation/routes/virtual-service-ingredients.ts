import { isWildcard } from '../../model/hostname.ts';
import type { SelectedVirtualService } from '../../registry/proxy-view.ts';
import type { ReachableServices, ReachOptions } from './reachable-services.ts';
import type { RouteContext } from './route-context.ts';

/** What decides over the routes of a VirtualService, besides itself. */
export function ingredientsOf(
  context: RouteContext,
  virtualService: SelectedVirtualService,
  { listener, reachable }: Pick<ReachOptions, 'listener'> & { readonly reachable: ReachableServices },
): readonly unknown[] {
  const { knownByName } = context.view;
  const { hosts, destinations } = mentionsOf(context, virtualService);
  const ingredients: unknown[] = [];
  if (hosts) for (const host of hosts) ingredients.push(reachable.byHost.get(host));
  else ingredients.push(reachable, listener.virtualServices);
  for (const host of destinations) {
    const service = reachable.byHost.get(host);
    const { externalName } = service?.kubernetes ?? {};
    ingredients.push(service, knownByName.get(host));
    if (externalName) ingredients.push(knownByName.get(externalName));
  }
  return ingredients;
}

/** Where these may come from; undefined for any name. What stands for another name can change with that one. */
export function namesOfIngredients(
  context: RouteContext,
  virtualService: SelectedVirtualService,
  { byHost }: ReachableServices,
): readonly string[] | undefined {
  const { hosts, destinations } = mentionsOf(context, virtualService);
  if (!hosts) return undefined;
  const names = [...hosts, ...destinations];
  for (const host of destinations) names.push(byHost.get(host)?.kubernetes?.externalName ?? host);
  return names;
}

/** The names in a VirtualService. */
interface Mentions {
  /** Absent where there are wildcards among them. */
  readonly hosts?: readonly string[];
  readonly destinations: readonly string[];
}

function mentionsOf({ view }: RouteContext, virtualService: SelectedVirtualService): Mentions {
  const known = view.memory.once('mentions', [], () => new WeakMap<SelectedVirtualService, Mentions>());
  const mentions = known.get(virtualService) ?? listMentions(virtualService);
  known.set(virtualService, mentions);
  return mentions;
}

function listMentions({ spec }: SelectedVirtualService): Mentions {
  const given = spec.hosts ?? [];
  const hosts = given.some(isWildcard) ? undefined : given.map((host) => host.toLowerCase());
  const destinations = (spec.http ?? []).flatMap(({ route = [], mirror, mirrors = [] }) => [
    ...route.map(({ destination }) => destination?.host ?? ''),
    ...(mirror ? [mirror.host ?? ''] : []),
    ...mirrors.map(({ destination }) => destination?.host ?? ''),
  ]);
  return { destinations: [...new Set(destinations)], ...(hosts && { hosts }) };
}
