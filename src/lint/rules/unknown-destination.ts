import { groupBy } from '../../model/group-by.ts';
import { HostOverlaps } from '../../model/host-overlaps.ts';
import { completeHostname } from '../../model/hostname.ts';
import { nearestName } from '../../model/nearest-name.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { Mesh } from '../../registry/mesh.ts';
import { isVisible } from '../../registry/visibility.ts';
import { outboundName, parseResourceName } from '../../xds/resource-name.ts';
import { listPorts } from '../applied-policy.ts';
import { listRoutedDestinations, type RoutedDestination } from '../destinations.ts';
import { listGatewayReferences } from '../gateway-references.ts';
import type { Look } from '../look.ts';
import type { Finding, Rule } from '../rule.ts';

/** https://istio.io/latest/docs/reference/config/analysis/ist0101/ */
export const unknownDestination: Rule = {
  code: 'unknown-destination',
  severity: 'warning',
  seeAlso: ['IST0101', 'KIA1101'],
  documentation:
    'A route leads to a host, port or subset that no service, or no DestinationRule, provides. istiod sends the route all the same; Envoy has no such cluster and answers 503 with the flag NC. A destination must be the very host of a service: a wildcard entry that covers the name is not enough. Correct the name, or add the ServiceEntry or the subset.',
  inMesh: ({ mesh, looks, written }) => {
    const subsetsOf = createSubsetFinder(written('DestinationRule'));
    return written('VirtualService').flatMap((resource) =>
      listRoutedDestinations(resource).flatMap((target) => {
        const services = mesh.servicesByHostname.get(target.host) ?? [];
        const finding =
          services.length === 0
            ? { path: `${target.path}.host`, message: missingHost(mesh, resource, target) }
            : (missingPort(services, target) ??
              missingSubset(subsetsOf, target) ??
              unsentSubset(looks, resource, target));
        return finding ? [{ resource, ...finding }] : [];
      }),
    );
  },
  fromProxy: (look) =>
    look.mesh.resources.VirtualService.flatMap((resource) =>
      listRoutedDestinations(resource)
        .filter((target) => isUsedBy(look, resource, target))
        .flatMap((target) => findCluster(look, resource, target)),
    ),
};

/** Gateways run where their Gateway resource is, as a rule. */
function isUsedBy(
  look: Look,
  resource: ResourceOf<'VirtualService'>,
  { forSidecars, forGateways }: RoutedDestination,
): boolean {
  const { namespace, type } = look.view.proxy;
  if (type !== 'router' && forSidecars && look.sees(resource)) return true;
  if (!forGateways) return false;
  return listGatewayReferences(resource).some(
    ({ gateway }) => type === 'router' || gateway.startsWith(`${namespace}/`),
  );
}

const ofSubset = ['IST0101', 'KIA1107'];

function missingHost(
  mesh: Mesh,
  { metadata }: ResourceOf<'VirtualService'>,
  { host, role }: RoutedDestination,
): string {
  const isShort = host.endsWith(`.${metadata.namespace}.svc.cluster.local`);
  const elsewhere = isShort
    ? mesh.services.find(
        ({ hostname }) => hostname.startsWith(`${host.split('.')[0]}.`) && hostname.endsWith('.svc.cluster.local'),
      )
    : undefined;
  const near = elsewhere?.hostname ?? nearestName(host, [...mesh.servicesByHostname.keys()].slice(0, 2000));
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return `No service has the host "${host}": ${effectOf(role)}.${hint} Correct the host, or add a ServiceEntry for it.`;
}

const effectOf = (role: RoutedDestination['role']): string =>
  role === 'mirror' ? 'no copy of the requests is sent anywhere' : 'Envoy answers what is routed there with 503 (NC)';

function missingPort(
  services: readonly Service[],
  { destination, host, path, role }: RoutedDestination,
): Pick<Finding, 'path' | 'message'> | undefined {
  const wanted = destination.port?.number;
  if (wanted === undefined) return undefined;
  const ports = services.flatMap((service) => service.ports);
  if (ports.some(({ number }) => number === wanted)) return undefined;
  return {
    path: `${path}.port.number`,
    message: `"${host}" has no port ${wanted}${ports.length === 0 ? '' : `, only ${listPorts(ports)}`}: ${effectOf(role)}.`,
  };
}

/** Finds the names of the subsets that rules of any namespace give a host, in the order of rules. */
function createSubsetFinder(rules: readonly ResourceOf<'DestinationRule'>[]): (host: string) => readonly string[] {
  const placed = rules.map(({ metadata, spec }, position) => ({
    host: completeHostname(spec.host ?? '', metadata.namespace),
    names: spec.subsets?.map(({ name = '' }) => name) ?? [],
    position,
  }));
  const byHost = groupBy(placed, ({ host }) => host);
  const hosts = new HostOverlaps([...byHost.keys()]);
  return (host) =>
    hosts
      .find(host)
      .flatMap((name) => byHost.get(name) ?? [])
      .sort((left, right) => left.position - right.position)
      .flatMap(({ names }) => names);
}

/** No rule of any namespace gives it. Short names are completed before they are compared. */
function missingSubset(
  subsetsOf: (host: string) => readonly string[],
  { destination: { subset }, host, path, role }: RoutedDestination,
): Pick<Finding, 'path' | 'message' | 'seeAlso'> | undefined {
  if (!subset) return undefined;
  const names = subsetsOf(host);
  if (names.includes(subset)) return undefined;
  const near = nearestName(subset, names);
  return {
    path: `${path}.subset`,
    seeAlso: ofSubset,
    message: `No DestinationRule gives "${host}" a subset "${subset}": ${effectOf(role)}.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
  };
}

/** Some rule gives it, but no proxy that uses the VirtualService was looked from, and none of the others gets it. */
function unsentSubset(
  looks: readonly Look[],
  resource: ResourceOf<'VirtualService'>,
  target: RoutedDestination,
): Pick<Finding, 'path' | 'message' | 'seeAlso' | 'severity'> | undefined {
  const { destination, host, path } = target;
  const { subset } = destination;
  if (!subset || looks.some((look) => isUsedBy(look, resource, target) || sendsSubset(look, host, subset)))
    return undefined;
  return {
    path: `${path}.subset`,
    seeAlso: ofSubset,
    severity: 'info',
    message: `No proxy that lint looked from is sent subset "${subset}" of "${host}": the DestinationRule that gives it is not for them.`,
  };
}

function sendsSubset(look: Look, host: string, subset: string): boolean {
  return look.clustersOf(host).some(({ name = '' }) => parseResourceName(name)?.subset === subset);
}

/** What depends on the DestinationRule that the proxy sees, and on endpoints. */
function findCluster(
  look: Look,
  resource: ResourceOf<'VirtualService'>,
  { destination, host, path, role }: RoutedDestination,
): readonly Finding[] {
  const service = look.view.serviceFor(host);
  if (!service) return findHidden(look, resource, { host, path, role });
  if (service.resolution === 'alias') return [];
  const { subset, port } = destination;
  const number = port?.number ?? (service.ports.length === 1 ? service.ports[0]?.number : undefined);
  if (number === undefined || !service.ports.some((one) => one.number === number && one.protocol !== 'UDP')) return [];
  if (look.cluster(outboundName(host, number, subset))) return [];
  const rule = look.view.destinationRuleFor(service);
  const isKnown = !subset || rule?.spec.subsets?.some(({ name }) => name === subset);
  if (isKnown) {
    const what = subset ? `Subset "${subset}" of "${host}"` : `"${host}"`;
    const message = `${what} has no endpoint for port ${number}, so that istiod sends no cluster: ${effectOf(role)}.`;
    return [{ resource, path: `${path}.${subset ? 'subset' : 'host'}`, message }];
  }
  const isGiven = look.mesh.resources.DestinationRule.some(({ spec }) =>
    spec.subsets?.some(({ name }) => name === subset),
  );
  if (!isGiven) return [];
  const chosen = rule ? `, but ${rule.metadata.namespace}/${rule.metadata.name}, which has none` : '';
  return [
    {
      resource,
      path: `${path}.subset`,
      seeAlso: ofSubset,
      message: `The proxy sees no DestinationRule that gives "${host}" a subset "${subset}"${chosen}: ${effectOf(role)}.`,
    },
  ];
}

/** Where the VirtualService's own namespace does not see the service either, that is said by hidden-by-export-to. */
function findHidden(
  { mesh, view: { proxy } }: Look,
  resource: ResourceOf<'VirtualService'>,
  { host, path, role }: Pick<RoutedDestination, 'host' | 'path' | 'role'>,
): readonly Finding[] {
  const services = mesh.servicesByHostname.get(host) ?? [];
  const { namespace } = resource.metadata;
  if (!services.some((one) => one.namespace === namespace || isVisible(one.visibility, namespace))) return [];
  return [
    {
      resource,
      path: `${path}.host`,
      message: `"${host}" is not exported to namespace ${proxy.namespace}, where this VirtualService applies, too: ${effectOf(role)}.`,
    },
  ];
}
