import type { SourceRange } from '../model/diagnostic.ts';

/**
 * Gives a diagnostic, or a related place, a range that is found when somebody first reads it: positions cost far more
 * than the rest, and most diagnostics of a large input are only counted.
 */
export function locate<T extends object>(located: T, find: () => SourceRange): T & { readonly range: SourceRange } {
  let range: SourceRange | undefined;
  return {
    ...located,
    get range() {
      range ??= find();
      return range;
    },
  };
}
