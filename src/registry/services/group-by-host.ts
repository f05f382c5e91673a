import type { Memory } from '../../model/memory.ts';
import type { Service } from '../../model/service.ts';

type ServicesByHost = ReadonlyMap<string, readonly Service[]>;

export function groupByHost(services: readonly Service[], memory: Memory): ServicesByHost {
  return group('services by host', services, memory);
}

/**
 * A service that shares its host is another one where others joined or left it: they share their endpoints, too, so that
 * what was made of it is no longer right.
 */
export function markSharing(services: readonly Service[], memory: Memory): readonly Service[] {
  if (!memory.remembers) return services;
  const byHost = group('converted services by host', services, memory);
  if (byHost.size === services.length) return services;
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
