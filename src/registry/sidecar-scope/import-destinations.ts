import { flatten } from '../../model/flatten.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Memory } from '../../model/memory.ts';
import type { Service } from '../../model/service.ts';
import type { Profile } from '../../profiles/profile.ts';
import { compareText } from '../order.ts';
import type { EgressListener } from '../proxy-view.ts';
import { isVisible } from '../visibility.ts';
import { distinguishesCallers, listDestinations } from './list-destinations.ts';
import { listenerPort, restrictToPort, restrictToPorts } from './restrict-ports.ts';

export interface DestinationImport {
  readonly servicesByHostname: ReadonlyMap<string, readonly Service[]>;
  readonly namespace: string;
  readonly profile: Profile;
  readonly memory: Memory;
  /** Of the listener. */
  readonly index: number;
}

/**
 * The services that a listener's VirtualServices lead to, though its hosts do not import them: those of the proxy's
 * namespace even where they are not exported, else the best that it can see.
 * Source: istio `pilot/pkg/model/sidecar.go`, collectImportedServices.
 */
export function importDestinations(
  { configuration, virtualServices }: EgressListener,
  { servicesByHostname, namespace, profile, memory, index }: DestinationImport,
): readonly Service[] {
  const port = listenerPort(configuration);
  const destinations = memory.mapEach(
    `destinations ${index}`,
    virtualServices,
    ({ spec }) => [...listDestinations(spec, namespace)],
    { of: ({ spec }) => [distinguishesCallers(spec) && namespace], version: namespace },
  );
  const services = memory.mapEach(
    `imported destinations ${index}`,
    destinations,
    (hosts) =>
      hosts.flatMap(([host, ports]) => {
        const service = chooseService(servicesByHostname.get(host) ?? [], namespace, profile);
        const restrict = port === undefined ? restrictToPorts(ports) : restrictToPort(port);
        return (service && restrict(service)) ?? [];
      }),
    {
      of: (hosts) => [namespace, ...hosts.map(([host]) => servicesByHostname.get(host))],
      version: namespace,
      lookups: { in: [servicesByHostname], namesOf: (hosts) => hosts.map(([host]) => host) },
    },
  );
  return memory.once(`all imported destinations ${index}`, [services], () => flatten(services));
}

/** `services` are those of one host in istiod's order: the oldest comes first. */
function chooseService(services: readonly Service[], namespace: string, profile: Profile): Service | undefined {
  const own = firstOfNamespace(services.filter((service) => service.namespace === namespace));
  if (own) return own;
  // Only the one service that stands for its namespace counts.
  const standing = [...groupBy(services, (service) => service.namespace).values()].flatMap(
    (sharing) => firstOfNamespace(sharing) ?? [],
  );
  const visible = standing.filter(({ visibility }) => isVisible(visibility, namespace));
  if (visible.length < 2) return visible[0];
  if (!profile.prefersOldestDestination)
    return visible.sort((left, right) => compareText(left.namespace, right.namespace))[0];
  return visible.find(({ registry }) => registry === 'Kubernetes') ?? visible[0];
}

/** The service that stands for its host in its namespace. */
export function firstOfNamespace(services: readonly Service[]): Service | undefined {
  return services.find(({ registry }) => registry === 'Kubernetes') ?? services[0];
}
