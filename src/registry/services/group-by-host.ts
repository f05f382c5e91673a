import type { Memory } from '../../model/memory.ts';
import type { Service } from '../../model/service.ts';

type ServicesByHost = ReadonlyMap<string, readonly Service[]>;

/** Services in istiod's order, and by host. */
export interface HostedServices {
  readonly services: readonly Service[];
  readonly servicesByHostname: ServicesByHost;
}

/**
 * A service that shares its host is another one where others joined or left it: they share their endpoints, too, so that
 * what was made of it is no longer right.
 */
export function groupByHost(services: readonly Service[], memory: Memory): HostedServices {
  const servicesByHostname = group('converted services by host', services, memory);
  if (!memory.remembers || servicesByHostname.size === services.length) return { services, servicesByHostname };
  const marked = markSharing(services, servicesByHostname, memory);
  return { services: marked, servicesByHostname: group('services by host', marked, memory) };
}

function markSharing(services: readonly Service[], byHost: ServicesByHost, memory: Memory): readonly Service[] {
  const sharingWith = ({ hostname }: Service): readonly Service[] | undefined => {
    const sharing = byHost.get(hostname);
    return sharing && sharing.length > 1 ? sharing : undefined;
  };
  return memory.mapEach('services that share hosts', services, (one) => (sharingWith(one) ? { ...one } : one), {
    of: (service) => [sharingWith(service)],
    lookups: { in: [byHost], namesOf: ({ hostname }) => [hostname] },
  });
}

function group(purpose: string, services: readonly Service[], memory: Memory): ServicesByHost {
  return memory.group(purpose, services, { keyOf: ({ hostname }) => hostname, make: (sharing) => sharing });
}
