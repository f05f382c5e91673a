import { causes } from '../explain/causes.ts';
import type { Explanation, Step } from '../explain/explanation.ts';
import type { Trace } from '../explain/follow-url.ts';
import { type OutcomeDescription, outcomes } from '../explain/outcomes.ts';
import type { Request } from '../model/scenario.ts';
import { stepTitles } from '../print/trace/step-titles.ts';
import { escapeHtml } from './escape-html.ts';

/** The path as boxes with arrows, the outcome, and behind a disclosure why each station was taken. */
export function renderTrace({ url, request, explanation }: Trace): string {
  const outcome: OutcomeDescription = outcomes[explanation.outcome];
  return `<section class="xdsim-trace" aria-label="The way of ${escapeHtml(url)}">
<p class="xdsim-request"><code>${escapeHtml(url)}</code>${renderDetails(url, request)}</p>
<ol class="xdsim-path">${explanation.steps.map(renderBox).join('')}</ol>
<p class="xdsim-outcome" data-good="${isGood(explanation)}"><strong>${escapeHtml(outcome.title)}</strong>${renderBadges(explanation)} ${escapeHtml(outcome.text)}</p>${renderCause(explanation)}
<details class="xdsim-why"><summary>Why, step by step</summary><ol>${explanation.steps.map(renderReason).join('')}</ol></details>
</section>`;
}

/** Why nothing else took the connection. */
function renderCause({ cause }: Explanation): string {
  if (cause === undefined) return '';
  const { title, text } = causes[cause];
  return `\n<p class="xdsim-cause"><strong>${escapeHtml(title)}.</strong> ${escapeHtml(text)}</p>`;
}

/** Whether the connection got through to a destination that the mesh knows. */
export function isGood({ outcome }: Explanation): boolean {
  return outcome === 'routed' || outcome === 'direct-response' || outcome === 'redirect-response';
}

/** Whether the way ends here for want of a match; a listener that looks at no bytes is no such end. */
export function isMissing({ kind, chosen }: Step): boolean {
  return chosen === undefined && kind !== 'listener-filters';
}

/** What the request says beside its URL. */
function renderDetails(url: string, { address, method, headers = {} }: Request): string {
  const details = [
    ...(address !== undefined && !url.includes(address) ? [`to ${address}`] : []),
    ...(method !== undefined ? [method] : []),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return details.map((detail) => ` <code>${escapeHtml(detail)}</code>`).join('');
}

function renderBox(step: Step): string {
  return `<li data-kind="${step.kind}"${isMissing(step) ? ' data-missing' : ''}><span class="xdsim-kind">${stepTitles[step.kind]}</span> <span class="xdsim-chosen">${escapeHtml(step.chosen ?? 'none')}</span></li>`;
}

function renderBadges({ responseFlag, responseCode }: Explanation): string {
  const badges = [responseCode === undefined ? undefined : String(responseCode), responseFlag];
  return badges.flatMap((badge) => (badge === undefined ? [] : [` <code>${escapeHtml(badge)}</code>`])).join('');
}

function renderReason(step: Step): string {
  const rejected = step.rejected.map(
    ({ name, reason }) => `<li><code>${escapeHtml(name)}</code> not taken: ${escapeHtml(reason)}</li>`,
  );
  const notes = step.notes.map((note) => `<li>${escapeHtml(note)}</li>`);
  const more = [...notes, ...rejected].join('');
  const chosen = step.chosen === undefined ? 'nothing' : `<code>${escapeHtml(step.chosen)}</code>`;
  return `<li><strong>${stepTitles[step.kind]}</strong>: ${chosen}. ${escapeHtml(step.reason)}${more ? `<ul>${more}</ul>` : ''}</li>`;
}
