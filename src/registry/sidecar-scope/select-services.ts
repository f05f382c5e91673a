import type { Memory } from '../../model/memory.ts';
import type { Service } from '../../model/service.ts';
import type { EgressHosts, ImportedHosts } from './imported-hosts.ts';
import type { Restrict } from './restrict-ports.ts';

export interface ServiceSelection {
  /** What the namespace sees of the mesh. */
  readonly visible: readonly Service[];
  readonly namespace: string;
  /** Whether each host of the mesh has one service. */
  readonly areDistinct: boolean;
  readonly hosts: EgressHosts;
  /** Absent where nothing restricts them. */
  readonly restrict?: Restrict | undefined;
  readonly memory: Memory;
  /** Of the egress listener. */
  readonly index: number;
}

/**
 * The services that an egress listener imports. One namespace is chosen for each host: the proxy's own, else that of a
 * Kubernetes Service, else the first. Source: istio `pilot/pkg/model/sidecar.go`, selectServices.
 */
export function selectServices(selection: ServiceSelection): readonly Service[] {
  const { namespace, areDistinct, memory, index } = selection;
  const services = importServices(selection);
  if (areDistinct) return services;
  return memory.once(`chosen services ${index}`, [services, namespace], () => chooseNamespaces(services, namespace));
}

function importServices(selection: ServiceSelection): readonly Service[] {
  const { visible, hosts, restrict, memory, index } = selection;
  if (hosts.importsEverything && !restrict) return visible;
  const add = (all: Service[], service: Service): void => {
    const imported = importService(service, selection);
    if (imported) all.push(imported);
  };
  return memory.collect(`imported services ${index}`, visible, add, { of: () => [hosts], version: hosts });
}

export const hostnameOf = ({ hostname }: Service): string => hostname;

function chooseNamespaces(services: readonly Service[], ownNamespace: string): readonly Service[] {
  const chosen = new Map<string, Service>();
  for (const service of services) {
    const known = chosen.get(service.hostname);
    if (!known || prefers(service, known, ownNamespace)) chosen.set(service.hostname, service);
  }
  return services.filter(({ hostname, namespace }) => chosen.get(hostname)?.namespace === namespace);
}

function prefers(service: Service, known: Service, ownNamespace: string): boolean {
  if (service.namespace === ownNamespace) return true;
  return service.registry === 'Kubernetes' && known.registry !== 'Kubernetes' && known.namespace !== ownNamespace;
}

function importService(service: Service, { hosts, restrict }: ServiceSelection): Service | undefined {
  if (hosts.excludes(service.namespace, service.hostname)) return undefined;
  for (const imported of hosts.importedFrom(service.namespace)) {
    if (!imported.covers(service.hostname)) continue;
    const restricted = restrict ? restrict(service) : service;
    if (restricted) return importAliases(restricted, imported);
  }
  return undefined;
}

/** A service is known by those of its aliases that are imported, too. */
function importAliases(service: Service, hosts: ImportedHosts): Service {
  if (service.aliases.length === 0) return service;
  const aliases = service.aliases.filter(({ hostname }) => hosts.covers(hostname));
  return aliases.length === service.aliases.length ? service : { ...service, aliases };
}
