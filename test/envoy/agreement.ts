import type { Explanation } from '../../src/explain/explanation.ts';
import type { Observation } from './lab/protocol.ts';

/** One thing in which `explain` and a real Envoy do not agree about a request. */
export interface Disagreement {
  readonly what: string;
  readonly explained: unknown;
  readonly observed: unknown;
}

/** Flags that say that Envoy decided against the request itself; others tell what an upstream did. */
const decidingFlags = ['NR', 'UH', 'NC', 'FI', 'DPE', 'NFCF', 'DO', 'RL', 'UAEX'];

/** Compares every station of one connection: listener, filter chain, virtual host, route, cluster, and Envoy's own answer. */
export function findDisagreements(explained: Explanation, observed: Observation): readonly Disagreement[] {
  const found: Disagreement[] = [];
  const compare = (what: string, left: unknown, right: unknown): void => {
    if (left !== right) found.push({ what, explained: left, observed: right });
  };
  compare('listener', explained.listener, observed.listener);
  compare('filterChain', explained.filterChain, observed.filterChain);
  compare('routeConfig', explained.routeConfig, observed.routeConfig);
  compare('virtualHost', explained.virtualHost, observed.virtualHost);
  compare('route', explained.route, observed.route);
  compare('routeIndex', routeIndexOf(explained), observed.routeIndex);
  // A fault for a part of the requests hit this one: what would have come after it is not seen.
  if (observed.responseFlags?.includes('FI') && explained.outcome !== 'fault-aborted') {
    if (!mentionsFault(explained)) compare('fault', 'none', observed.responseFlags);
    return found;
  }
  found.push(...clusterDisagreements(explained, observed));
  if (explained.outcome === 'partly-unavailable') return found;
  compare('responseFlag', explained.responseFlag, decidingFlagOf(observed));
  if (explained.responseCode !== undefined) compare('responseCode', explained.responseCode, observed.responseCode);
  else if (answersItself(observed)) compare('responseCode', undefined, observed.responseCode);
  return found;
}

function clusterDisagreements(explained: Explanation, observed: Observation): readonly Disagreement[] {
  const { cluster, weightedClusters } = explained;
  if (!weightedClusters) {
    return cluster === observed.cluster ? [] : [{ what: 'cluster', explained: cluster, observed: observed.cluster }];
  }
  const names = weightedClusters.filter(({ weight }) => weight > 0).map(({ name }) => name);
  // Where none was drawn, or the one that was is missing, Envoy does not tell which one it was.
  const untold = observed.cluster === undefined && /NC|FI/.test(observed.responseFlags ?? '');
  if (untold || (observed.cluster !== undefined && names.includes(observed.cluster))) return [];
  return [{ what: 'cluster', explained: names, observed: observed.cluster }];
}

function routeIndexOf({ steps }: Explanation): number | undefined {
  for (const step of steps) if (step.kind === 'route') return step.index;
  return undefined;
}

function mentionsFault({ steps }: Explanation): boolean {
  return steps.some(({ notes }) => notes.some((note) => note.includes('(FI)')));
}

function decidingFlagOf({ responseFlags = '' }: Observation): string | undefined {
  return responseFlags.split(',').find((flag) => decidingFlags.includes(flag));
}

/** The answer is Envoy's own and not about an upstream that failed. */
function answersItself({ details = '' }: Observation): boolean {
  return ['direct_response', 'route_not_found', 'cors_response'].includes(details);
}
