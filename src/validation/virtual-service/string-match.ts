import type { StringMatch } from '../../model/istio/virtual-service.ts';
import type { Field } from '../field.ts';
import { regularExpressionProblem } from '../values/regular-expression.ts';

export function validateStringMatch(match: StringMatch | undefined, field: Field): void {
  if (match?.prefix === '')
    field.at('prefix').refuse('An empty prefix matches nothing; name the prefix, or use regex: ".*".');
  validateRegularExpressionMatch(match, field);
}

export function validateRegularExpressionMatch(match: StringMatch | undefined, field: Field): void {
  if (match?.regex === undefined) return;
  const problem = match.regex === '' ? 'The regular expression is empty.' : regularExpressionProblem(match.regex);
  field.at('regex').refuseIf(problem);
}
