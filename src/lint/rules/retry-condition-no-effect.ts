import type { HTTPRetry } from '../../model/istio/virtual-service.ts';
import type { Finding, Rule } from '../rule.ts';

export const retryConditionNoEffect: Rule = {
  code: 'retry-condition-no-effect',
  severity: 'warning',
  documentation:
    '`retriable-status-codes` in retryOn stands for a list of status codes; without one it never holds. Istio takes the codes from retryOn itself: `retryOn: retriable-status-codes,503`. With attempts 0 nothing is retried at all, and what else retries says is not used.',
  inMesh: ({ written }) =>
    written('VirtualService').flatMap((resource) =>
      (resource.spec.http ?? []).flatMap(({ retries }, index): readonly Finding[] => {
        const problem = retries && problemOf(retries);
        return problem
          ? [{ resource, path: `spec.http[${index}].retries.${problem.field}`, message: problem.message }]
          : [];
      }),
    ),
};

function problemOf({
  attempts = 0,
  retryOn = '',
  perTryTimeout,
}: HTTPRetry): { readonly field: string; readonly message: string } | undefined {
  const conditions = retryOn.split(',').map((condition) => condition.trim());
  if (attempts === 0 && (retryOn !== '' || perTryTimeout))
    return {
      field: retryOn === '' ? 'perTryTimeout' : 'retryOn',
      message: `attempts is ${attempts}: nothing is retried, and ${retryOn === '' ? 'perTryTimeout' : 'retryOn'} is not used. Set attempts.`,
    };
  const hasCodes = conditions.some((condition) => /^\d{3}$/.test(condition));
  if (conditions.includes('retriable-status-codes') && !hasCodes)
    return {
      field: 'retryOn',
      message: `retriable-status-codes never holds, because retryOn names no status code. Add those to retry on, for example "retriable-status-codes,503".`,
    };
  return undefined;
}
