import type { Memory } from '../../model/memory.ts';
import type { Service } from '../../model/service.ts';
import { compareText } from '../order.ts';

type Alias = Service['aliases'][number];

/**
 * Follows ExternalName services to what they finally name, and tells each service its aliases. A circle names nothing.
 * Source: istio `pilot/pkg/model/push_context.go`, resolveServiceAliases.
 */
export function resolveAliases(services: readonly Service[], memory: Memory): readonly Service[] {
  const targets = new Map<string, string>();
  for (const { resolution, hostname, kubernetes } of services) {
    if (resolution === 'alias') targets.set(hostname, kubernetes?.externalName ?? '');
  }
  if (targets.size === 0) return services;

  const aliasesByTarget = new Map<string, Alias[]>();
  for (const { resolution, hostname, namespace } of services) {
    if (resolution !== 'alias') continue;
    const target = followAlias(hostname, targets);
    if (target === undefined) continue;
    const others = aliasesByTarget.get(target);
    if (others) others.push({ hostname, namespace });
    else aliasesByTarget.set(target, [{ hostname, namespace }]);
  }
  for (const aliases of aliasesByTarget.values()) {
    aliases.sort(
      (left, right) => compareText(left.namespace, right.namespace) || compareText(left.hostname, right.hostname),
    );
  }
  const targetOf = (service: Service): string | undefined =>
    service.resolution === 'alias' ? followAlias(service.hostname, targets) : undefined;
  const resolve = (service: Service): Service => {
    const aliases = aliasesByTarget.get(service.hostname);
    const resolvesTo = targetOf(service);
    if (!aliases && resolvesTo === undefined) return service;
    return { ...service, ...(aliases && { aliases }), ...(resolvesTo !== undefined && { resolvesTo }) };
  };
  return memory.mapEach('services with aliases', services, resolve, {
    of: (service) => [targetOf(service), namesOf(aliasesByTarget.get(service.hostname))],
  });
}

function namesOf(aliases: readonly Alias[] = []): string {
  return aliases.map(({ namespace, hostname }) => `${namespace}/${hostname}`).join(' ');
}

function followAlias(hostname: string, targets: ReadonlyMap<string, string>): string | undefined {
  const seen = new Set<string>();
  let current = hostname;
  for (let next = targets.get(current); next !== undefined; next = targets.get(current)) {
    if (seen.has(current)) return undefined;
    seen.add(current);
    current = next;
  }
  return current;
}
