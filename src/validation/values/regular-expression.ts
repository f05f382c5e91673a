import { RE2JS } from 're2js';
import { utf8Length } from './utf8-length.ts';

const longestExpression = 1024;

/** Whether RE2, the syntax of both istiod and Envoy, takes the expression. */
export function isRegularExpression(expression: string): boolean {
  try {
    RE2JS.compile(expression);
    return true;
  } catch {
    return false;
  }
}

/** Checks an expression that Envoy has to run. istiod bounds its length in UTF-8 bytes. */
export function regularExpressionProblem(expression: string): string | undefined {
  if (utf8Length(expression) > longestExpression) {
    return `The regular expression is longer than ${longestExpression} bytes.`;
  }
  if (isRegularExpression(expression)) return undefined;
  return `"${expression}" is not a regular expression in RE2 syntax (https://github.com/google/re2/wiki/Syntax).`;
}
