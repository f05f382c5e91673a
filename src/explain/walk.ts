import type { Snapshot } from '../xds/snapshot.ts';
import type { Explanation, RejectedCandidate, Step } from './explanation.ts';
import { type OutcomeCode, type OutcomeDescription, outcomes } from './outcomes.ts';
import type { Connection } from './request.ts';

/** What every stage of the walk knows. */
export interface Walk {
  readonly snapshot: Snapshot;
  readonly connection: Connection;
  /** A filter chain on the way has ended TLS, so the request counts as HTTPS. */
  readonly decrypted: boolean;
  /** The server name that an inspector or the end of TLS has read; the client may have sent one that nobody looked at. */
  readonly serverName?: string;
  /** Files that Envoy finds when it loads the configuration. */
  readonly files: ReadonlySet<string>;
  /** Connections to internal listeners so far. */
  readonly hops: number;
  /** Where an endpoint is a listener of the same Envoy, the walk begins again there. */
  readonly enterInternalListener: (walk: Walk, name: string) => Explanation;
}

/** What a stage adds to the explanation besides its steps. */
export type Facts = Omit<Explanation, 'outcome' | 'steps'>;

/** The walk ends here. The flag is the outcome's own unless the facts name another. */
export function end(outcome: OutcomeCode, steps: readonly Step[] = [], facts: Facts = {}): Explanation {
  const { responseFlag }: OutcomeDescription = outcomes[outcome];
  return { ...(responseFlag !== undefined && { responseFlag }), ...facts, outcome, steps };
}

/** Puts what one stage decided before what the stages after it found. */
export function precede(steps: Step | readonly Step[], facts: Facts, rest: Explanation): Explanation {
  const own: readonly Step[] = 'kind' in steps ? [steps] : steps;
  return { ...facts, ...rest, steps: [...own, ...rest.steps] };
}

const mostCandidates = 24;

/** A listener can have thousands of neighbours; the first ones show what the rest are like, and only they are looked at. */
export function limitCandidates(candidates: Iterable<RejectedCandidate>, total: number): readonly RejectedCandidate[] {
  if (total <= mostCandidates) return [...candidates];
  const shown: RejectedCandidate[] = [];
  for (const candidate of candidates) {
    shown.push(candidate);
    if (shown.length === mostCandidates) break;
  }
  return [...shown, { name: `${total - mostCandidates} others`, reason: 'for the same reasons' }];
}
