import type { Service } from '../../model/service.ts';
import { sameLabels } from '../labels.ts';

/** Services, one for each host: the oldest takes in the ports of others that are its like. */
export function uniteAll(lists: readonly (readonly Service[])[]): readonly Service[] {
  const byHost = new Map<string, Service>();
  for (const services of lists)
    for (const service of services) byHost.set(service.hostname, uniteServices(byHost.get(service.hostname), service));
  return [...byHost.values()];
}

/**
 * What stands for a host where another service of that host comes: the known one itself where it adds nothing.
 *
 * A Kubernetes Service takes the place of an entry and is never merged, so that nobody can claim its host before it is
 * created. Source: istio `pilot/pkg/model/sidecar.go`, appendSidecarServices.
 */
export function uniteServices(known: Service | undefined, service: Service): Service {
  if (!known || (known.registry !== 'Kubernetes' && service.registry === 'Kubernetes')) return service;
  if (known === service) return known;
  const added = service.ports.filter(({ number }) => !known.ports.some((port) => port.number === number));
  if (added.length === 0 || !areAlike(known, service)) return known;
  return { ...known, ports: [...known.ports, ...added] };
}

/** Source: istio `pilot/pkg/model/sidecar.go`, canMergeServices. */
function areAlike(left: Service, right: Service): boolean {
  return (
    left.namespace === right.namespace &&
    left.resolution === right.resolution &&
    left.registry === right.registry &&
    sameLabels(left.labels, right.labels) &&
    sameLabels(left.selector, right.selector) &&
    sameExport(left, right)
  );
}

/** What they say is compared, not what it comes to: `.` is not the name of the namespace. */
function sameExport(left: Service, right: Service): boolean {
  const [a, b] = [exportTo(left), exportTo(right)];
  return a.size === b.size && [...a].every((entry) => b.has(entry));
}

function exportTo({ origin }: Service): ReadonlySet<string> {
  if (origin.kind === 'ServiceEntry') return new Set(origin.spec.exportTo);
  const annotation = origin.metadata.annotations['networking.istio.io/exportTo'];
  return new Set(annotation ? annotation.split(',').map((entry) => entry.trim()) : []);
}
