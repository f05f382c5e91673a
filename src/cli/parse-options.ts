import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './exit-status.ts';

/** `parseArgs`, with a mistake reported as wrong usage. */
export function parseOptions<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
