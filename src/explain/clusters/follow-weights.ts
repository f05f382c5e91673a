import type { Explanation, Step, WeightedCluster } from '../explanation.ts';
import { end, type Facts, type Walk } from '../walk.ts';
import { followCluster } from './follow-cluster.ts';
import type { Upstream } from './upstream.ts';

/** Follows every cluster that gets a share. The outcome is theirs where they agree. */
export function followWeights(
  walk: Walk,
  clusters: readonly WeightedCluster[],
  upstreamOf: (name: string) => Upstream,
): Explanation {
  const [only] = clusters;
  if (only && clusters.length === 1) return followCluster(walk, only.name, upstreamOf(only.name));
  const total = clusters.reduce((sum, { weight }) => sum + weight, 0);
  const sharing = total === 0 ? clusters : clusters.filter(({ weight }) => weight > 0);
  const branches = sharing.map(({ name, weight }) => ({
    share: total === 0 ? 0 : (100 * weight) / total,
    found: followCluster(walk, name, upstreamOf(name)),
  }));
  const steps = branches.flatMap(({ found, share }) => found.steps.map((step) => withShare(step, share)));
  const facts: Facts = { weightedClusters: clusters };
  const [first, ...others] = branches.map(({ found }) => found);
  if (!first) return end('cluster-not-found', steps, facts);
  if (others.some(({ outcome }) => outcome !== first.outcome)) return end('partly-unavailable', steps, facts);
  const { responseFlag, responseCode } = first;
  const flag = responseFlag !== undefined && others.every((other) => other.responseFlag === responseFlag);
  const code = responseCode !== undefined && others.every((other) => other.responseCode === responseCode);
  return {
    ...facts,
    ...(flag && { responseFlag }),
    ...(code && { responseCode }),
    outcome: first.outcome,
    steps,
  };
}

function withShare(step: Step, share: number): Step {
  if (step.kind !== 'cluster') return step;
  return { ...step, notes: [`Its share is ${Number(share.toFixed(2))} %.`, ...step.notes] };
}
