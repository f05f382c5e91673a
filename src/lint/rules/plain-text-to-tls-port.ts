import { portPath } from '../../model/port-path.ts';
import { isHttpOrSniffed, isTls } from '../../model/protocol.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Port, Service } from '../../model/service.ts';
import { outboundName } from '../../xds/resource-name.ts';
import type { Cluster } from '../../xds/types.ts';
import { isForSidecars, listRoutedDestinations } from '../destinations.ts';
import type { Look } from '../look.ts';
import type { Finding, Rule } from '../rule.ts';
import { upstreamTlsOf } from '../upstream-tls.ts';

export const plainTextToTlsPort: Rule = {
  code: 'plain-text-to-tls-port',
  severity: 'warning',
  documentation:
    'Requests that Envoy has read as plain HTTP leave it as plain HTTP, unless a DestinationRule originates TLS for the port that they are sent to. A VirtualService that leads from port 80 to port 443 changes the port only; a rule with tls for another port, or another subset, does not count. Add tls (mode SIMPLE) for the port that the route names. Where applications do TLS themselves, give the port the protocol TLS.',
  fromProxy: (look) => (look.isSidecar ? [...findRoutes(look), ...findPorts(look)] : []),
};

function findRoutes(look: Look): readonly Finding[] {
  return look.mesh.resources.VirtualService.flatMap((virtualService) => {
    if (!isForSidecars(virtualService) || !look.uses(virtualService)) return [];
    return listRoutedDestinations(virtualService).flatMap(
      ({ section, destination, host, path, forSidecars }): readonly Finding[] => {
        const service = section === 'http' && forSidecars ? look.view.serviceFor(host) : undefined;
        const port = service && destinationPort(look, virtualService, service, destination.port?.number);
        const cluster = port && look.cluster(outboundName(host, port.number, destination.subset));
        if (!service || !port || !cluster || !expectsTls(port) || isEncrypted(cluster)) return [];
        return [
          {
            resource: virtualService,
            path: destination.port ? `${path}.port.number` : path,
            message: `HTTP requests are sent in plain text to port ${port.number} (${port.protocol}) of ${host}, where TLS is expected. Originate TLS there: a DestinationRule for ${host} with portLevelSettings for port ${port.number} and tls mode SIMPLE.`,
          },
        ];
      },
    );
  });
}

/** The port that is named, or the only one; else that of the request, which the host of the rule has, too. */
function destinationPort(
  look: Look,
  { spec }: ResourceOf<'VirtualService'>,
  { ports }: Service,
  named: number | undefined,
): Port | undefined {
  if (named !== undefined) return ports.find(({ number }) => number === named);
  if (ports.length === 1) {
    const carriesHttp = spec.hosts?.some((host) =>
      look.view.serviceFor(host)?.ports.some(({ protocol }) => isHttpOrSniffed(protocol)),
    );
    return carriesHttp ? ports[0] : undefined;
  }
  return undefined;
}

/** A port 443 that is said to speak HTTP, of a server outside the mesh, and nobody encrypts. */
function findPorts(look: Look): readonly Finding[] {
  return look.view.services.flatMap((service) =>
    service.meshExternal
      ? service.ports.flatMap((port): readonly Finding[] => {
          const isPlain = port.number === 443 && port.protocol.startsWith('HTTP') && !isTls(port.protocol);
          if (!isPlain) return [];
          const cluster = look.cluster(outboundName(service.hostname, port.number));
          if (!cluster || isEncrypted(cluster) || !goesTo443(look, service, port)) return [];
          return [
            {
              resource: service.origin,
              path: portPath(service.origin, port.number),
              message: `Port 443 of ${service.hostname} is said to carry plain ${port.protocol}, and nothing originates TLS: requests reach the server unencrypted, and what applications encrypt themselves is not recognised as TLS of this host. Use protocol TLS, or add a DestinationRule with tls mode SIMPLE.`,
            },
          ];
        })
      : [],
  );
}

function goesTo443({ mesh }: Look, service: Service, port: Port): boolean {
  const endpoints = mesh.endpointsOf(service, port);
  return endpoints.length === 0 || endpoints.some((endpoint) => endpoint.port === 443);
}

const expectsTls = ({ protocol, number }: Port): boolean => isTls(protocol) || number === 443;

/** Mutual TLS of the mesh depends on the endpoint: it counts as encrypted. */
const isEncrypted = (cluster: Cluster): boolean =>
  upstreamTlsOf(cluster) !== undefined || Boolean(cluster.transportSocketMatches?.length);
