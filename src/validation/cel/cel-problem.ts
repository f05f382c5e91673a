import { CelParser } from './cel-parser.ts';
import { readCelTokens } from './cel-tokens.ts';

/**
 * What is wrong with the syntax of an expression of the Common Expression Language, or nothing.
 * Like istiod, it only parses: names and types are Envoy's to check. Grammar: https://github.com/google/cel-spec.
 */
export function celProblem(expression: string): string | undefined {
  const tokens = readCelTokens(expression);
  if (typeof tokens === 'number') return problemAt(expression, tokens, 'no CEL symbol begins here');
  const parser = new CelParser(tokens);
  const error = parser.parse();
  return error && problemAt(expression, error.position, error.expectation);
}

function problemAt(expression: string, position: number, reason: string): string {
  const rest = expression.slice(position, position + 20);
  const place = rest === '' ? 'at its end' : `at "${rest}"`;
  return `"${expression}" is not a CEL expression: ${reason}, ${place}.`;
}
