import type { DifferenceGroup } from '../diff/group-differences.ts';
import type { Effect } from '../influence/effect.ts';
import type { InputField } from '../influence/input-field.ts';
import type { Alternative, Why } from '../influence/why.ts';

/** What shapes an output, for the terminal. */
export function whyText({ path, value, shapedBy }: Why): string {
  const head = value === undefined ? `${path} is not there.` : `${path}: ${brief(value)}`;
  if (shapedBy.length === 0) return `${head}\n${value === undefined ? neverThere : alwaysSo}\n`;
  const fields = shapedBy.map(({ field, alternatives }) =>
    [fieldLine(field), ...alternatives.map((alternative) => `    ${alternativeText(alternative)}`)].join('\n'),
  );
  return `${head}\n\n${fields.join('\n')}\n`;
}

const neverThere = 'No other value of one field of the input would bring it about.';
const alwaysSo = 'No field of the input shapes it: the proxy gets this from any input.';

function alternativeText(alternative: Alternative): string {
  const condition = conditionText('tried' in alternative ? { value: alternative.tried } : {});
  const { becomes, groups } = alternative;
  if (becomes === undefined) return `${condition}: not there`;
  return `${condition}: ${isSimple(becomes) ? brief(becomes) : groups.map(({ text }) => text).join('; ')}`;
}

/** What fields do, for the terminal. */
export function effectsText(effects: readonly Effect[], selector: string): string {
  if (effects.length === 0) return `No field "${selector}" changes what the proxy gets.\n`;
  return effects
    .map(({ field, variations }) =>
      [
        fieldLine(field),
        ...variations.flatMap((variation) => [
          `    ${conditionText(variation)}:`,
          ...variation.groups.map((group) => `      ${groupText(group)}`),
        ]),
        '',
      ].join('\n'),
    )
    .join('');
}

function fieldLine({ resource, path, value, range }: InputField): string {
  const place = range ? `${range.file}:${range.line}: ` : '';
  const subject = resource ? `${resource.kind} ${resource.namespace}/${resource.name}` : 'scenario';
  return `${place}${subject} ${path}: ${brief(value)}`;
}

function conditionText(tried: { readonly value?: unknown }): string {
  return 'value' in tried ? `if ${brief(tried.value)}` : 'if left out';
}

const shownNames = 3;

function groupText({ text, resources }: DifferenceGroup): string {
  const more = resources.length - shownNames;
  const names = resources.slice(0, shownNames).join(', ');
  return `${text} (${names}${more > 0 ? `, ${more} more` : ''})`;
}

function isSimple(value: unknown): boolean {
  return typeof value !== 'object' || JSON.stringify(value).length <= 80;
}

/** A value on one line, no longer than a line. */
function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
