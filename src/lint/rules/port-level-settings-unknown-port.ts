import type { HostOverlaps } from '../../model/host-overlaps.ts';
import { completeHostname, hostnameIsSubsetOf, isWildcard } from '../../model/hostname.ts';
import type { TrafficPolicy } from '../../model/istio/destination-rule.ts';
import type { Service } from '../../model/service.ts';
import type { Mesh } from '../../registry/mesh.ts';
import { listPorts } from '../applied-policy.ts';
import type { Rule } from '../rule.ts';

export const portLevelSettingsUnknownPort: Rule = {
  code: 'port-level-settings-unknown-port',
  severity: 'warning',
  documentation:
    'Each entry of portLevelSettings is for one port of the service, by the number that clients use (not the endpoints’ targetPort). For a port that the service does not have there is no cluster, and the settings are not used: traffic has the settings of the rule as a whole, or none. Correct the number.',
  inMesh: ({ mesh, hosts, written }) => {
    const servicesFor = createServiceFinder(mesh, hosts);
    return written('DestinationRule').flatMap((resource) => {
      const { host = '', trafficPolicy, subsets = [] } = resource.spec;
      const services = servicesFor(completeHostname(host, resource.metadata.namespace));
      const ports = services.flatMap((service) => service.ports);
      if (ports.length === 0) return [];
      const places = [
        ...listNumbers(trafficPolicy, 'spec.trafficPolicy'),
        ...subsets.flatMap((subset, index) =>
          listNumbers(subset.trafficPolicy, `spec.subsets[${index}].trafficPolicy`),
        ),
      ];
      return places
        .filter(({ number }) => !ports.some((port) => port.number === number))
        .map(({ number, path }) => ({
          resource,
          path: `${path}.port.number`,
          message: `${host} has no port ${number}, only ${listPorts(ports)}: these settings are not used.`,
        }));
    });
  },
};

/** Finds the services that a host stands for, in the order of services. */
function createServiceFinder(
  { services, servicesByHostname }: Mesh,
  hosts: HostOverlaps,
): (host: string) => readonly Service[] {
  const positions = new Map(services.map((service, position) => [service, position]));
  const positionOf = (service: Service): number => positions.get(service) ?? 0;
  return (host) => {
    if (!isWildcard(host)) return servicesByHostname.get(host) ?? [];
    const names = hosts.find(host).filter((name) => hostnameIsSubsetOf(name, host));
    const found = names.flatMap((name) => servicesByHostname.get(name) ?? []);
    return found.sort((left, right) => positionOf(left) - positionOf(right));
  };
}

function listNumbers(
  policy: TrafficPolicy | undefined,
  path: string,
): readonly { readonly number: number; readonly path: string }[] {
  return (policy?.portLevelSettings ?? []).flatMap(({ port }, index) =>
    port?.number === undefined ? [] : [{ number: port.number, path: `${path}.portLevelSettings[${index}]` }],
  );
}
