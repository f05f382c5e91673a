import { causes } from '../../explain/causes.ts';
import type { Trace } from '../../explain/follow-url.ts';
import { type OutcomeDescription, outcomes } from '../../explain/outcomes.ts';
import { type Leg, legsOf, type Station } from './stations.ts';

/** For documentation: a numbered list, and what was not taken behind a disclosure. */
export function traceMarkdown(trace: Trace): string {
  const legs = legsOf(trace).map(legMarkdown);
  const hints = (trace.hints ?? []).map(escapeText);
  return [`### ${code(trace.url)}`, ...legs, ...hints].join('\n\n').concat('\n');
}

function legMarkdown(leg: Leg): string {
  const { outcome, responseCode, responseFlag, cause } = leg.explanation;
  const { title, text }: OutcomeDescription = outcomes[outcome];
  const badges = [responseCode, responseFlag].flatMap((badge) =>
    badge === undefined ? [] : [` ${code(String(badge))}`],
  );
  return [
    ...(leg.proxy === undefined ? [] : [`At ${code(leg.proxy)}:`]),
    leg.stations.map((station, index) => stationMarkdown(station, index + 1)).join('\n'),
    `**${title}**${badges.join('')}: ${escapeText(text)}`,
    ...(cause === undefined ? [] : [`**${causes[cause].title}**: ${escapeText(causes[cause].text)}`]),
    ...rejectedMarkdown(leg),
  ].join('\n\n');
}

function stationMarkdown({ title, chosen, found, reason, notes }: Station, number: number): string {
  const indent = ' '.repeat(`${number}. `.length);
  const lines = notes.map((note) => `${indent}- ${escapeText(note)}`);
  return [`${number}. **${title}** ${found ? code(chosen) : chosen}: ${escapeText(reason)}`, ...lines].join('\n');
}

function rejectedMarkdown({ stations }: Leg): readonly string[] {
  // A pipe ends a table's cell, even in code.
  const rows = stations.flatMap(({ title, rejected }) =>
    rejected.map(({ name, reason }) => `| ${title} | ${code(name).replace(/\|/g, '\\|')} | ${escapeText(reason)} |`),
  );
  if (rows.length === 0) return [];
  const table = ['| Step | Not taken | Why |', '|---|---|---|', ...rows].join('\n');
  return [`<details>\n<summary>What was not taken</summary>\n\n${table}\n\n</details>`];
}

function code(text: string): string {
  return `\`${text}\``;
}

function escapeText(text: string): string {
  return text.replace(/[\\*_<>|[\]`]/g, '\\$&');
}
