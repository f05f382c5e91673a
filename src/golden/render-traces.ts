import type { Explanation } from '../explain/explanation.ts';
import type { Onward, Trace } from '../explain/follow-url.ts';
import { readUrl } from '../explain/read-url.ts';
import type { RequestFollower } from '../hops/request-follower.ts';
import type { ScenarioTrace } from '../model/scenario.ts';
import { type Leg, legsOf } from '../print/trace/stations.ts';

/** Where the scenario's URLs go, through other proxies too, and whether what is claimed of them holds. */
export function renderTraces(follower: RequestFollower, traces: readonly ScenarioTrace[]): readonly object[] {
  return traces.map((trace) => renderTrace(follower, trace));
}

function renderTrace(follower: RequestFollower, { claim, claimed, reality, ...asked }: ScenarioTrace): object {
  const { url: text, ...details } = asked;
  const url = readUrl(text);
  if ('problem' in url) return { ...asked, problem: url.problem };
  const trace = follower.follow(url, details);
  const [first, ...others] = legsOf(trace);
  return {
    ...asked,
    ...(claim !== undefined && { claim }),
    ...(claimed && { claimed, ...judge(claimed, trace) }),
    ...(reality !== undefined && { reality }),
    ...facts(trace.explanation),
    ...(trace.hints && { hints: trace.hints }),
    way: first && wayOf(first),
    ...(others.length > 0 && {
      onward: others.map((leg) => ({ at: leg.proxy, ...facts(leg.explanation), way: wayOf(leg) })),
    }),
  };
}

/** What was chosen at each station; the reasons are worded for people and may change. */
function wayOf({ stations }: Leg): readonly string[] {
  return stations.map(({ title, chosen }) => `${title}: ${chosen}`);
}

function facts({ steps: _, forwarded: __, ...rest }: Explanation): Omit<Explanation, 'steps' | 'forwarded'> {
  return rest;
}

/** Whether the claim holds, and if not, what is so instead. */
function judge(claimed: Readonly<Record<string, string | number>>, trace: Trace): object {
  const { explanation } = lastOf(trace);
  const clusterStep = explanation.steps.findLast((step) => step.kind === 'cluster');
  const found: Readonly<Record<string, unknown>> = {
    ...explanation,
    tls: clusterStep?.tls,
    answeredBy: trace.resolution.answeredBy,
  };
  const wrong = Object.entries(claimed).filter(([field, value]) => found[field] !== value);
  if (wrong.length === 0) return { holds: true };
  return { holds: false, instead: Object.fromEntries(wrong.map(([field]) => [field, found[field] ?? 'none'])) };
}

function lastOf(trace: Trace | Onward): Trace | Onward {
  return trace.onward ? lastOf(trace.onward) : trace;
}
