import type { Report } from '../../model/diagnostic.ts';
import { referenceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';

/**
 * Says where istiod leaves open which of two ServiceEntries comes first: they have a host, a namespace and a creation
 * time in common. `services` must be in order. Each pair of entries is reported once.
 */
export function reportTies(services: readonly Service[], report: Report): void {
  const reported = new Set<string>();
  for (let index = 1; index < services.length; index++) {
    const [before, service] = [services[index - 1], services[index]];
    if (!before || !service || !isTie(before, service)) continue;
    const pair = `${service.namespace} ${before.origin.metadata.name} ${service.origin.metadata.name}`;
    if (reported.has(pair)) continue;
    reported.add(pair);
    report({
      code: 'undetermined-order',
      severity: 'warning',
      message: `"${before.origin.metadata.name}" and "${service.origin.metadata.name}" have the host "${service.hostname}" and were created at the same time; istiod leaves open which one counts first. The first by name was taken.`,
      resource: referenceOf(service.origin),
      path: 'spec.hosts',
      related: [{ message: `has the host "${service.hostname}", too`, resource: referenceOf(before.origin) }],
    });
  }
}

function isTie(left: Service, right: Service): boolean {
  return (
    left.hostname === right.hostname &&
    left.namespace === right.namespace &&
    left.creationTime === right.creationTime &&
    left.registry === 'External' &&
    right.registry === 'External' &&
    left.origin !== right.origin
  );
}
