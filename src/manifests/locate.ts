import type { Diagnostic, SourceRange } from '../model/diagnostic.ts';

/**
 * Gives a diagnostic a range that is found when somebody first reads it: positions cost far more than the rest,
 * and most diagnostics of a large input are only counted.
 */
export function locate(diagnostic: Diagnostic, find: () => SourceRange): Diagnostic {
  let range: SourceRange | undefined;
  return Object.defineProperty({ ...diagnostic }, 'range', {
    enumerable: true,
    configurable: true,
    get: () => {
      range ??= find();
      return range;
    },
  });
}
