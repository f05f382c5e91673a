import { isWildcard } from '../../model/hostname.ts';
import { portPath } from '../../model/port-path.ts';
import { isTls } from '../../model/protocol.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Port } from '../../model/service.ts';
import type { Mesh } from '../../registry/mesh.ts';
import type { Rule } from '../rule.ts';

const label = 'istio.io/use-waypoint';

export const dynamicDnsBehindWaypoint: Rule = {
  code: 'dynamic-dns-behind-waypoint',
  severity: 'warning',
  documentation:
    'The label `istio.io/use-waypoint` leads an entry’s traffic through a waypoint. For a wildcard host with resolution DYNAMIC_DNS and a port of protocol TLS, istiod sends the waypoint nothing unless it runs with `ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS=true`: connections arrive there and are closed. Set the variable, or use the entry from sidecars.',
  inMesh: ({ mesh }) =>
    mesh.features.wildcardTlsServiceEntries
      ? []
      : mesh.resources.ServiceEntry.filter(
          ({ spec }) => spec.resolution === 'DYNAMIC_DNS' && spec.hosts?.some(isWildcard),
        ).flatMap((entry) => {
          const waypoint = waypointOf(mesh, entry);
          const port = waypoint === undefined ? undefined : tlsPortOf(mesh, entry);
          if (!port) return [];
          return [
            {
              resource: entry,
              path: portPath(entry, port.number),
              message: `Waypoint "${waypoint}" gets nothing for port ${port.number} (${port.protocol}) of ${entry.spec.hosts?.join(', ')}: connections through it fail. Run istiod with ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS=true.`,
            },
          ];
        }),
};

function tlsPortOf({ servicesByHostname }: Mesh, entry: ResourceOf<'ServiceEntry'>): Port | undefined {
  const services = entry.spec.hosts?.flatMap((host) => servicesByHostname.get(host) ?? []);
  return services?.find(({ origin }) => origin === entry)?.ports.find(({ protocol }) => isTls(protocol));
}

/** Of the entry itself, else of its namespace; `none` opts out. */
function waypointOf({ resources }: Mesh, { metadata }: ResourceOf<'ServiceEntry'>): string | undefined {
  const namespace = resources.Namespace.find(({ metadata: { name } }) => name === metadata.namespace);
  const name = metadata.labels[label] ?? namespace?.metadata.labels[label];
  return name === undefined || name === 'none' || name === '' ? undefined : name;
}
