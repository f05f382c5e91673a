import type { Service } from '../../model/service.ts';
import type { ImportedHosts } from './imported-hosts.ts';
import type { Restrict } from './restrict-ports.ts';

export interface ServiceSelection {
  /** What the namespace sees of the mesh. */
  readonly visible: readonly Service[];
  readonly namespace: string;
  readonly imported: ReadonlyMap<string, ImportedHosts>;
  readonly restrict: Restrict;
}

/**
 * The services that an egress listener imports. One namespace is chosen for each host: the proxy's own, else that of a
 * Kubernetes Service, else the first. Source: istio `pilot/pkg/model/sidecar.go`, selectServices.
 */
export function selectServices(selection: ServiceSelection): readonly Service[] {
  const services = selection.visible.flatMap((service) => importService(service, selection) ?? []);
  const chosen = new Map<string, Service>();
  for (const service of services) {
    const known = chosen.get(service.hostname);
    if (!known || prefers(service, known, selection.namespace)) chosen.set(service.hostname, service);
  }
  return services.filter(({ hostname, namespace }) => chosen.get(hostname)?.namespace === namespace);
}

function prefers(service: Service, known: Service, ownNamespace: string): boolean {
  if (service.namespace === ownNamespace) return true;
  return service.registry === 'Kubernetes' && known.registry !== 'Kubernetes' && known.namespace !== ownNamespace;
}

function importService(service: Service, { imported, restrict }: ServiceSelection): Service | undefined {
  for (const hosts of [imported.get(service.namespace), imported.get('*')]) {
    if (!hosts?.covers(service.hostname)) continue;
    const restricted = restrict(service);
    if (restricted) return importAliases(restricted, hosts);
  }
  return undefined;
}

/** A service is known by those of its aliases that are imported, too. */
function importAliases(service: Service, hosts: ImportedHosts): Service {
  const aliases = service.aliases.filter(({ hostname }) => hosts.covers(hostname));
  return aliases.length === service.aliases.length ? service : { ...service, aliases };
}
