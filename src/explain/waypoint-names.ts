import { oncePer } from '../model/once-per.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import type { Listener, Matcher } from '../xds/types.ts';

/**
 * The addresses of the hosts behind a waypoint, by host: the tree that chooses a filter chain begins with them, and the
 * chains are named for the hosts (`inbound-vip|80|http|x.example.com`).
 */
export function namesBehindWaypoint({
  listeners = [],
}: Partial<Pick<Snapshot, 'listeners'>>): ReadonlyMap<string, readonly string[]> {
  return namesIn(listeners);
}

const namesIn = oncePer((listeners: readonly Listener[]): ReadonlyMap<string, readonly string[]> => {
  const names = new Map<string, readonly string[]>();
  for (const { filterChainMatcher } of listeners) {
    for (const { ranges, chains } of rangesOf(filterChainMatcher)) {
      for (const chain of chains) {
        const [direction, , , host] = chain.split('|');
        if (direction !== 'inbound-vip' || host === undefined) continue;
        names.set(host, [...new Set([...(names.get(host) ?? []), ...ranges])]);
      }
    }
  }
  return names;
});

interface IpMatcher {
  readonly rangeMatchers?: readonly {
    readonly ranges?: readonly { readonly addressPrefix: string }[];
    readonly onMatch: object;
  }[];
}

function rangesOf(matcher: Matcher | undefined) {
  const { rangeMatchers = [] } = (matcher?.matcherTree?.customMatch?.typedConfig ?? {}) as IpMatcher;
  return rangeMatchers.map(({ ranges = [], onMatch }) => ({
    ranges: ranges.map(({ addressPrefix }) => addressPrefix),
    chains: actionsIn(onMatch),
  }));
}

/** The names of all filter chains that a branch may lead to. */
function actionsIn(branch: unknown): readonly string[] {
  if (typeof branch !== 'object' || branch === null) return [];
  if ('action' in branch) return [(branch as { readonly action: { readonly name: string } }).action.name];
  return Object.values(branch).flatMap(actionsIn);
}
