import type { Endpoint } from '../../model/endpoint.ts';
import type { LocalityLbEndpoints } from '../../xds/types.ts';
import type { LocalityGroup } from './locality-group.ts';
import { type Ranked, rankPriorities } from './rank-priorities.ts';

type Labels = Readonly<Record<string, string>>;

/**
 * Prefers endpoints that share the proxy's labels, in the order of the labels: the more of the first ones agree,
 * the higher the priority. A locality is split where its endpoints differ. `label=value` compares with that value.
 */
export function splitByFailoverLabels(
  groups: readonly LocalityGroup[],
  proxyLabels: Labels,
  failoverPriority: readonly string[],
): readonly LocalityLbEndpoints[] {
  const labels = failoverPriority.map((entry) => {
    const parts = entry.split('=');
    return parts.length === 2 ? parts : parts.slice(0, 1);
  });
  // One label may be listed twice, once with a value: the value holds for both.
  const values = new Map(
    labels.flatMap(([label = '', value]) => (value === undefined ? [] : [[label, value] as const])),
  );
  const wanted = labels.map(([label = '']) => [label, values.get(label) ?? proxyLabels[label] ?? ''] as const);
  return rankPriorities(groups.flatMap((group) => splitGroup(group, wanted)));
}

function splitGroup(
  { endpoints, lbEndpoints: group }: LocalityGroup,
  wanted: readonly (readonly [label: string, value: string])[],
): readonly Ranked[] {
  const byPriority = new Map<number, NonNullable<LocalityLbEndpoints['lbEndpoints']>[number][]>();
  group.lbEndpoints?.forEach((lbEndpoint, index) => {
    const priority = priorityOf(endpoints[index], wanted);
    const others = byPriority.get(priority);
    if (others) others.push(lbEndpoint);
    else byPriority.set(priority, [lbEndpoint]);
  });
  return [...byPriority]
    .sort(([left], [right]) => left - right)
    .map(([priority, lbEndpoints]) => ({
      priority,
      group: {
        ...group,
        lbEndpoints,
        loadBalancingWeight: lbEndpoints.reduce((sum, { loadBalancingWeight = 0 }) => sum + loadBalancingWeight, 0),
      },
    }));
}

function priorityOf(
  endpoint: Endpoint | undefined,
  wanted: readonly (readonly [label: string, value: string])[],
): number {
  const first = wanted.findIndex(([label, value]) => (endpoint?.workload.labels[label] ?? '') !== value);
  return first < 0 ? 0 : wanted.length - first;
}
