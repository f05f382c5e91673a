import type {
  ConsistentHashLB,
  HTTPCookie,
  LoadBalancerSettings,
  WarmupConfiguration,
} from '../../model/istio/destination-rule.ts';
import type { AdmissionRules } from '../admission-rules.ts';
import { type Field, forEachItem } from '../field.ts';
import { durationProblem } from '../values/duration-problem.ts';
import { validateLocalityLoadBalancing } from './locality-load-balancing.ts';

export interface LoadBalancerContext {
  readonly hasOutlierDetection: boolean;
  readonly rules: AdmissionRules;
}

/** Source: istio `pkg/config/validation/validation.go`, validateLoadBalancer. */
export function validateLoadBalancer(
  settings: LoadBalancerSettings | undefined,
  field: Field,
  context: LoadBalancerContext,
): void {
  if (settings === undefined) return;
  validateConsistentHash(settings.consistentHash, field.at('consistentHash'));
  validateLocalityLoadBalancing(settings.localityLbSetting, field.at('localityLbSetting'), context.hasOutlierDetection);
  validateWarmup(settings.warmup, field.at('warmup'), context);
}

function validateConsistentHash(hash: ConsistentHashLB | undefined, field: Field): void {
  if (hash === undefined) return;
  validateCookie(hash.httpCookie, field.at('httpCookie'));
  if (Number(hash.minimumRingSize ?? 0) !== 0) {
    field.at('minimumRingSize').warn('minimumRingSize is deprecated here; set ringHash.minimumRingSize.');
    if (hash.ringHash !== undefined || hash.maglev !== undefined) {
      field.at('minimumRingSize').refuse('minimumRingSize excludes ringHash and maglev; remove it.');
    }
  }
  if (hash.maglev !== undefined)
    field
      .at('maglev')
      .at('tableSize')
      .refuseIf(tableSizeProblem(Number(hash.maglev.tableSize ?? 0)));
}

function validateCookie(cookie: HTTPCookie | undefined, field: Field): void {
  if (cookie === undefined) return;
  if ((cookie.name ?? '') === '') field.at('name').refuse('Give the cookie a name.');
  const names = new Set<string>();
  forEachItem(cookie.attributes, field.at('attributes'), ({ name = '' }, at) => {
    if (name === '') at.at('name').refuse('Give the cookie attribute a name.');
    else if (names.has(name)) at.at('name').refuse(`Cookie attribute "${name}" is listed twice; remove one.`);
    names.add(name);
  });
}

/** Envoy's own limit, exclusive. */
const largestTable = 5_000_011;

function tableSizeProblem(size: number): string | undefined {
  if (size === 0) return 'Set tableSize, to a prime number such as 65537.';
  if (size >= largestTable) return `tableSize must be less than ${largestTable}.`;
  return isPrime(size) ? undefined : `tableSize ${size} is not a prime number; set one such as 65537.`;
}

function isPrime(number: number): boolean {
  if (number < 4) return number > 0;
  if (number % 2 === 0) return false;
  for (let factor = 3; factor * factor <= number; factor += 2) if (number % factor === 0) return false;
  return true;
}

function validateWarmup(warmup: WarmupConfiguration | undefined, field: Field, context: LoadBalancerContext): void {
  if (warmup === undefined) return;
  if (warmup.duration === undefined) field.at('duration').refuse('Set how long an endpoint warms up.');
  else field.at('duration').refuseIf(durationProblem(warmup.duration));
  if ((warmup.minimumPercent ?? 0) > 100) field.at('minimumPercent').refuse('minimumPercent must not exceed 100.');
  const { aggression } = warmup;
  if (aggression === undefined || aggression >= 1) return;
  if (!context.rules.profile.aggressionMayBeBelowOne) field.at('aggression').refuse('aggression must be at least 1.');
  else if (aggression <= 0) field.at('aggression').refuse('aggression must be greater than 0.');
}
