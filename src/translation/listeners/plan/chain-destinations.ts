import type { ChainPlan } from './outbound-plan.ts';

/** The names of the services that a chain leads to. */
export function destinationsOf({ target, service }: ChainPlan): readonly string[] {
  if (target.kind === 'http') return [];
  if (target.kind === 'service') return [service.hostname];
  return target.routes.map(({ destination }) => destination?.host ?? '');
}

/** Whether a chain leads to one of these services. */
export function leadsTo({ target, service }: ChainPlan, hostnames: ReadonlySet<string>): boolean {
  if (target.kind === 'routes') return target.routes.some(({ destination }) => hostnames.has(destination?.host ?? ''));
  return target.kind === 'service' && hostnames.has(service.hostname);
}
