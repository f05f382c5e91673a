import type { HTTPRewrite, RegexRewrite } from '../../model/istio/virtual-service.ts';
import type { Field } from '../field.ts';
import { regularExpressionProblem } from '../values/regular-expression.ts';

export function validateRewrite(rewrite: HTTPRewrite | undefined, field: Field): void {
  if (rewrite === undefined) return;
  const { uri = '', authority = '', uriRegexRewrite } = rewrite;
  if (uri !== '' && uriRegexRewrite !== undefined)
    field.at('uri').refuse('uri and uriRegexRewrite exclude each other; remove one.');
  if (uri === '' && authority === '' && uriRegexRewrite === undefined) {
    field.refuse('The rewrite is empty; set uri, uriRegexRewrite or authority.');
  }
  if (uriRegexRewrite !== undefined) validateRegexRewrite(uriRegexRewrite, field.at('uriRegexRewrite'));
}

function validateRegexRewrite({ match = '', rewrite = '' }: RegexRewrite, field: Field): void {
  if (match === '') field.at('match').refuse('Set the expression that the path has to match.');
  else field.at('match').refuseIf(regularExpressionProblem(match));
  if (rewrite === '') field.at('rewrite').refuse('Set what the path is rewritten to.');
}
