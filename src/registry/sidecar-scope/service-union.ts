import type { Service } from '../../model/service.ts';
import { sameLabels } from '../labels.ts';

/** Services, one for each host. */
export interface SeenServices {
  get(hostname: string): Service | undefined;
  list(): readonly Service[];
}

/** Collects services, one for each host: the oldest takes in the ports of others that are its like. */
export class ServiceUnion implements SeenServices {
  readonly #services = new Map<string, Service>();
  #list: readonly Service[] | undefined;

  get(hostname: string): Service | undefined {
    return this.#services.get(hostname);
  }

  list(): readonly Service[] {
    this.#list ??= [...this.#services.values()];
    return this.#list;
  }

  /**
   * A Kubernetes Service takes the place of an entry and is never merged, so that nobody can claim its host before it is
   * created. Source: istio `pilot/pkg/model/sidecar.go`, appendSidecarServices.
   */
  add(service: Service): void {
    const known = this.#services.get(service.hostname);
    if (known === service) return;
    this.#list = undefined;
    if (!known || (known.registry !== 'Kubernetes' && service.registry === 'Kubernetes')) {
      this.#services.set(service.hostname, service);
      return;
    }
    if (samePorts(known, service) || !areAlike(known, service)) return;
    const taken = new Set(known.ports.map(({ number }) => number));
    const added = service.ports.filter(({ number }) => !taken.has(number));
    this.#services.set(service.hostname, { ...known, ports: [...known.ports, ...added] });
  }
}

function samePorts({ ports: left }: Service, { ports: right }: Service): boolean {
  if (left === right) return true;
  return (
    left.length === right.length &&
    left.every((port, index) => {
      const other = right[index];
      return port.name === other?.name && port.number === other.number && port.protocol === other.protocol;
    })
  );
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
