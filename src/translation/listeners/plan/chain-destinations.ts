import type { ChainPlan } from './outbound-plan.ts';

/** The names of the services that a chain leads to. */
export function destinationsOf({ target, service }: ChainPlan): readonly string[] {
  if (target.kind === 'http') return [];
  if (target.kind === 'service') return [service.hostname];
  return target.routes.map(({ destination }) => destination?.host ?? '');
}
