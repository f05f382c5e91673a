import { explain } from '../explain/explain.ts';
import type { Explanation } from '../explain/explanation.ts';
import { followUrl } from '../explain/follow-url.ts';
import { readUrl } from '../explain/read-url.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import type { CaseRequest } from './golden-case.ts';

/** Where a request goes, without the reasons: those are worded for people. */
export interface RenderedExplanation extends Omit<Explanation, 'steps' | 'forwarded'> {
  readonly request: CaseRequest;
  /** What the name of a URL resolves to; absent where the application's resolver decides. */
  readonly addresses?: readonly string[];
}

export function renderExplanations(
  snapshot: Snapshot,
  requests: readonly CaseRequest[],
): readonly (RenderedExplanation | UnreadableRequest)[] {
  return requests.map((request) => {
    if (typeof request !== 'string') return { request, ...withoutSteps(explain(snapshot, request)) };
    const url = readUrl(request);
    if ('problem' in url) return { request, problem: url.problem };
    const { resolution, explanation } = followUrl(snapshot, url);
    return {
      request,
      ...('addresses' in resolution && { addresses: resolution.addresses }),
      ...withoutSteps(explanation),
    };
  });
}

export interface UnreadableRequest {
  readonly request: CaseRequest;
  readonly problem: string;
}

function withoutSteps({ steps: _, forwarded: __, ...outcome }: Explanation): Omit<Explanation, 'steps' | 'forwarded'> {
  return outcome;
}
