import { dump } from 'js-yaml';
import { sortKeys } from './sort-keys.ts';

export type Format = 'yaml' | 'json';

/**
 * Prints a plain value as stable text that ends in a line feed: the same value gives the same bytes,
 * in whatever order its keys were set. Lists keep their order: Envoy minds it.
 *
 * @example
 * print({ type: 'EDS', name: 'outbound|80||a.example.com' }, { format: 'yaml' });
 * // name: outbound|80||a.example.com
 * // type: EDS
 */
export function print(value: unknown, options: { readonly format: Format }): string {
  const sorted = sortKeys(value);
  return options.format === 'json'
    ? `${JSON.stringify(sorted, null, 2)}\n`
    : dump(sorted, { noRefs: true, lineWidth: -1 });
}
