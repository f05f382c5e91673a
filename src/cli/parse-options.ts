import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearestName } from '../model/nearest-name.ts';
import { UsageError } from './exit-status.ts';

/** `parseArgs`, with a mistake reported as wrong usage. */
export function parseOptions<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(describeMistake((error as Error).message, Object.keys(options)));
  }
}

/** Where a command takes its input with -f alone. */
export function refusePositionals([first]: readonly string[]): void {
  if (first !== undefined) throw new UsageError(`"${first}" belongs to no option; name the input with -f.`);
}

/** Node explains at length how to pass what looks like an option; the option that was meant helps more. */
function describeMistake(message: string, names: readonly string[]): string {
  const unknown = /^Unknown option '(-+([^']+))'/.exec(message);
  if (!unknown) return message;
  const [, written, name = ''] = unknown;
  const meant = nearestName(name, names);
  return `${written} is not an option of this command.${meant ? ` Did you mean --${meant}?` : ''}`;
}
