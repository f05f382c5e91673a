import { type CauseDescription, causes } from '../../explain/causes.ts';
import type { Trace } from '../../explain/follow-url.ts';
import { type OutcomeDescription, outcomes } from '../../explain/outcomes.ts';
import { type Leg, legsOf, type Station } from './stations.ts';

export interface TraceTextOptions {
  /** Also what was not taken, and why. */
  readonly verbose?: boolean;
}

/** For the terminal: the way as a short tree, then how it ends and what that means. */
export function traceText(trace: Trace, { verbose = false }: TraceTextOptions = {}): string {
  const { method = 'GET', protocol } = trace.request;
  const head = protocol === 'tcp' || method === 'GET' ? trace.url : `${method} ${trace.url}`;
  const legs = legsOf(trace);
  const parts = legs.map((leg) => legText(leg, verbose));
  const hidden = verbose ? 0 : legs.flatMap(({ stations }) => stations.flatMap(({ rejected }) => rejected)).length;
  const more =
    hidden === 0
      ? ''
      : `\n${hidden === 1 ? 'One other candidate was' : `${hidden} other candidates were`} not taken; --verbose says why.\n`;
  const hints = (trace.hints ?? []).map((hint) => `\n${hint}\n`).join('');
  return `${head}\n${parts.join('\n')}${hints}${more}`;
}

function legText(leg: Leg, verbose: boolean): string {
  const width = Math.max(...leg.stations.map(({ title }) => title.length));
  const head = leg.proxy === undefined ? '' : `At ${leg.proxy}\n`;
  const lines = leg.stations.flatMap((station, index) => {
    const last = index === leg.stations.length - 1;
    const [corner, stem] = last ? ['└─ ', '   '] : ['├─ ', '│  '];
    const first = `${corner}${station.title.padEnd(width)}  ${station.chosen}`;
    return [first, ...detailLines(station, verbose).map((line) => `${stem}${' '.repeat(width + 2)}${line}`)];
  });
  return `${head}${lines.join('\n')}\n${outcomeText(leg)}`;
}

function detailLines({ reason, notes, rejected }: Station, verbose: boolean): readonly string[] {
  const others = verbose ? rejected.map(({ name, reason: why }) => `✗ ${name}: ${why}`) : [];
  return [reason, ...notes.map((note) => `· ${note}`), ...others];
}

function outcomeText({ explanation }: Leg): string {
  const { outcome, responseCode, responseFlag, cluster, cause } = explanation;
  const { title, text }: OutcomeDescription = outcomes[outcome];
  const badges = [cluster, responseCode, responseFlag].filter((badge) => badge !== undefined);
  const facts = badges.length === 0 ? '' : ` (${badges.join(', ')})`;
  return `\n${title}${facts}\n${text}\n${cause === undefined ? '' : causeText(causes[cause])}`;
}

function causeText({ title, text }: CauseDescription): string {
  return `\nWhy nothing else took it: ${title}\n${text}\n`;
}
