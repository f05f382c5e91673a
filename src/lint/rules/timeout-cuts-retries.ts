import { parseDuration } from '../../model/duration.ts';
import type { HTTPRoute } from '../../model/istio/virtual-service.ts';
import type { Finding, Rule } from '../rule.ts';

export const timeoutCutsRetries: Rule = {
  code: 'timeout-cuts-retries',
  severity: 'warning',
  documentation:
    'timeout is for the request as a whole, retries included. When it ends, Envoy answers 504, however many attempts are left. A perTryTimeout that is as long as the timeout leaves no time for a second try; attempts × perTryTimeout (and the first try) beyond the timeout means that the last attempts are cut off or never made. Make timeout at least (attempts + 1) × perTryTimeout.',
  inMesh: ({ written }) =>
    written('VirtualService').flatMap((resource) =>
      (resource.spec.http ?? []).flatMap((route, index): readonly Finding[] => {
        const problem = problemOf(route);
        return problem ? [{ resource, path: `spec.http[${index}].timeout`, ...problem }] : [];
      }),
    ),
};

function problemOf({ timeout, retries }: HTTPRoute): Pick<Finding, 'message' | 'severity'> | undefined {
  const attempts = retries?.attempts ?? 0;
  const [whole, each] = [timeout, retries?.perTryTimeout].map((text) => (text ? parseDuration(text) : undefined));
  if (attempts <= 0 || !whole || !each) return undefined;
  const needed = each * BigInt(attempts + 1);
  if (each >= whole)
    return {
      message: `No retry is ever made after a slow attempt: one attempt may take ${retries?.perTryTimeout}, and the whole request ends after ${timeout}. Make timeout longer than perTryTimeout, at least ${seconds(needed)}.`,
    };
  if (needed <= whole) return undefined;
  return {
    severity: 'info',
    message: `The request ends after ${timeout}, but ${attempts + 1} attempts of up to ${retries?.perTryTimeout} take ${seconds(needed)}: the last ones are cut off when the earlier ones time out. Make timeout ${seconds(needed)}, or allow fewer attempts.`,
  };
}

const seconds = (nanoseconds: bigint): string => `${Number(nanoseconds) / 1e9}s`;
