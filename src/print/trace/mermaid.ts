import type { Trace } from '../../explain/follow-url.ts';
import { type OutcomeDescription, outcomes } from '../../explain/outcomes.ts';
import { type Leg, legsOf, type Station } from './stations.ts';

/** A flowchart; clusters that share the traffic by weight stand side by side. */
export function traceMermaid(trace: Trace): string {
  const lines: string[] = ['flowchart TD', `  url([${quote(trace.url)}])`];
  let from: readonly string[] = ['url'];
  for (const [number, leg] of legsOf(trace).entries()) {
    from = drawLeg(lines, leg, { number, from });
  }
  return `${lines.join('\n')}\n`;
}

interface Place {
  readonly number: number;
  readonly from: readonly string[];
}

/** Where the next leg begins. */
function drawLeg(lines: string[], leg: Leg, { number, from }: Place): readonly string[] {
  let open = from;
  let fork: readonly string[] = from;
  const ends: string[] = [];
  let label = leg.proxy;
  for (const [index, station] of leg.stations.entries()) {
    const id = `s${number}_${index}`;
    if (station.title === 'Cluster' && isBranch(leg)) {
      ends.push(...(open === fork ? [] : open));
      open = fork;
    }
    lines.push(`  ${id}[${quote(station.title, station.chosen)}]`);
    for (const origin of open)
      lines.push(`  ${origin} -->${label === undefined ? '' : `|${quote(`at ${label}`)}|`} ${id}`);
    label = undefined;
    open = [id];
    if (station.title === 'Action' || station.title === 'Network filters') fork = open;
  }
  const { title }: OutcomeDescription = outcomes[leg.explanation.outcome];
  const { responseCode, responseFlag } = leg.explanation;
  const facts = [responseCode, responseFlag].filter((badge) => badge !== undefined).join(' ');
  const end = `end${number}`;
  lines.push(`  ${end}([${quote(title, facts)}])`);
  for (const origin of [...ends, ...open]) lines.push(`  ${origin} --> ${end}`);
  return [end];
}

/** Several clusters: the steps of one stand behind those of the other. */
function isBranch({ stations, explanation }: Leg): boolean {
  return explanation.weightedClusters !== undefined && stations.filter(isCluster).length > 1;
}

function isCluster({ title }: Station): boolean {
  return title === 'Cluster';
}

/** Mermaid reads entity codes in quoted labels; a quotation mark would end the label. */
function quote(...texts: readonly string[]): string {
  const escaped = texts
    .filter((text) => text !== '')
    .map((text) => text.replace(/[&"<>#;`]/g, (character) => `#${character.charCodeAt(0)};`));
  return `"${escaped.join('<br/>')}"`;
}
