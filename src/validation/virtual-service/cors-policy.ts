import type { CorsPolicy } from '../../model/istio/virtual-service.ts';
import { type Field, forEachItem } from '../field.ts';
import { durationProblem, isWholeSeconds } from '../values/duration-problem.ts';
import { corsHeaderNameProblem } from '../values/header-name.ts';
import { validateRegularExpressionMatch } from './string-match.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'];

export function validateCorsPolicy(policy: CorsPolicy | undefined, field: Field): void {
  if (policy === undefined) return;
  forEachItem(policy.allowOrigins, field.at('allowOrigins'), (origin, at) => {
    const { exact = '', prefix = '', regex = '' } = origin;
    if (exact === '' && prefix === '' && regex === '') at.refuse('Name the origin, with exact, prefix or regex.');
    else validateRegularExpressionMatch(origin, at);
  });
  forEachItem(policy.allowMethods, field.at('allowMethods'), (method, at) => {
    if (!methods.includes(method)) at.refuse(`Method "${method}" is none of ${methods.join(', ')}.`);
  });
  for (const list of ['allowHeaders', 'exposeHeaders'] as const) {
    forEachItem(policy[list], field.at(list), (name, at) => {
      at.refuseIf(corsHeaderNameProblem(name));
    });
  }
  field.at('maxAge').refuseIf(maxAgeProblem(policy.maxAge));
}

function maxAgeProblem(maxAge: string | undefined): string | undefined {
  if (maxAge === undefined || isWholeSeconds(maxAge)) return durationProblem(maxAge);
  return `${maxAge} is too fine; browsers count whole seconds.`;
}
