import type { RejectedCandidate, Step } from '../../explain/explanation.ts';
import type { Onward, Trace } from '../../explain/follow-url.ts';
import { unregisteredAddress } from '../../explain/request.ts';
import type { Resolution } from '../../explain/resolution.ts';
import { stepTitles } from './step-titles.ts';

/** One decision on the way, ready to be drawn. */
export interface Station {
  readonly title: string;
  readonly chosen: string;
  /** Something was found; else the way ends here. */
  readonly found: boolean;
  readonly reason: string;
  readonly notes: readonly string[];
  readonly rejected: readonly RejectedCandidate[];
}

/** The way through one proxy. */
export interface Leg {
  /** Absent for the first one. */
  readonly proxy?: string;
  readonly stations: readonly Station[];
  readonly explanation: Trace['explanation'];
}

/** The decisions in their order, proxy by proxy; the DNS lookup comes first. */
export function legsOf(trace: Trace): readonly Leg[] {
  const { explanation, resolution } = trace;
  const stations = [resolutionStation(resolution), ...explanation.steps.map(stationOf)];
  return [{ stations, explanation }, ...onwardLegs(trace.onward)];
}

function onwardLegs(onward: Onward | undefined): readonly Leg[] {
  if (!onward) return [];
  const { proxy, explanation } = onward;
  return [{ proxy, stations: explanation.steps.map(stationOf), explanation }, ...onwardLegs(onward.onward)];
}

function resolutionStation(resolution: Resolution): Station {
  const addresses =
    'addresses' in resolution ? resolution.addresses.join(', ') : `some address (here ${unregisteredAddress})`;
  return {
    title: 'DNS',
    chosen: addresses,
    found: true,
    reason: resolution.reason,
    notes: [],
    rejected: [],
  };
}

export function stationOf(step: Step): Station {
  const { kind, chosen, reason, notes, rejected } = step;
  return { title: stepTitles[kind], chosen: chosen ?? 'none', found: chosen !== undefined, reason, notes, rejected };
}
