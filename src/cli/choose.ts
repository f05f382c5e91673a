import { UsageError } from './exit-status.ts';

/** The choice that an option names, or wrong usage that lists the choices. */
export function choose<T>(option: string, text: string, choices: Readonly<Record<string, T>>): T {
  const found = Object.hasOwn(choices, text) ? choices[text] : undefined;
  if (found === undefined) throw new UsageError(`${option} "${text}": choose ${listed(Object.keys(choices))}.`);
  return found;
}

/** One of several words, where the word itself is the choice. */
export function chooseWord<T extends string>(option: string, text: string, words: readonly T[]): T {
  return choose<T>(option, text, Object.fromEntries(words.map((word): [string, T] => [word, word])));
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
