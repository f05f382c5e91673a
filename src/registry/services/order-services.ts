import type { Service } from '../../model/service.ts';
import { compareText } from '../order.ts';

/**
 * istiod's order of services: the oldest first, then by name (a ServiceEntry's services are named for their hosts) and
 * namespace. It leaves open what comes first among equals: Kubernetes' own, then by the name of the entry, then in the
 * order of its addresses. Source: istio `pilot/pkg/model/push_context.go`, SortServicesByCreationTime.
 */
export function orderServices(services: readonly Service[]): readonly Service[] {
  return services.toSorted(compareServices);
}

export function compareServices(left: Service, right: Service): number {
  return (
    left.creationTime - right.creationTime ||
    compareText(left.name, right.name) ||
    compareText(left.namespace, right.namespace) ||
    compareText(right.registry, left.registry) ||
    compareText(left.origin.metadata.name, right.origin.metadata.name)
  );
}
