import { groupBy } from '../../model/group-by.ts';
import { type IpPrefix, parsePrefix } from '../../model/ip-prefix.ts';
import type { Service } from '../../model/service.ts';
import type { Mesh } from '../mesh.ts';
import { kubernetesHostname } from '../services/convert-kubernetes-service.ts';
import { orderServices } from '../services/order-services.ts';
import { firstOfNamespace } from '../sidecar-scope/import-destinations.ts';
import { type ChooseWaypoint, isMeshGateway } from './choose-waypoint.ts';
import type { WaypointAddress } from './read-waypoints.ts';

/** A host as the ambient mesh knows it, before one of several claims to it is chosen. */
interface Claim {
  readonly hostname: string;
  readonly origin: Service['origin'];
}

/**
 * The services whose traffic goes through the waypoint that the addresses are of, in istiod's order.
 * Source: istio `pilot/pkg/networking/core/waypoint.go`, findWaypointResources.
 */
export function listAttachedServices(
  mesh: Mesh,
  chooseWaypoint: ChooseWaypoint,
  isOwn: (address: WaypointAddress) => boolean,
): readonly Service[] {
  const attached = new Map<string, Service>();
  for (const { hostname, origin } of listWinningClaims(mesh)) {
    const { namespace, labels } = origin.metadata;
    const address = chooseWaypoint({ namespace, labels }, 'service')?.address;
    if (!address || !isOwn(address) || isMeshGateway(selectorOf(origin))) continue;
    const sharing = (mesh.servicesByHostname.get(hostname) ?? []).filter((service) => service.namespace === namespace);
    const service = firstOfNamespace(sharing);
    if (service && isSupported(service, mesh)) attached.set(hostname, service);
  }
  return orderServices([...attached.values()]);
}

/** A dynamic forward proxy looks names up outside the mesh: for services inside it, it makes no sense. */
function isSupported({ resolution, meshExternal }: Service, { profile }: Mesh): boolean {
  return resolution !== 'dynamic-dns' || meshExternal || !profile.waypointsLeaveOutInternalDynamicDns;
}

/** Of the claims to a host in one namespace the Kubernetes Service's counts, else the oldest. */
function listWinningClaims({ resources, profile }: Mesh): readonly Claim[] {
  const isAmbient = (entry: Entry): boolean => hasUsableAddresses(entry, profile);
  const claims: readonly Claim[] = [
    ...resources.Service.filter(({ spec }) => spec.type !== 'ExternalName').map((origin) => ({
      hostname: kubernetesHostname(origin.metadata.name, origin.metadata.namespace),
      origin,
    })),
    ...resources.ServiceEntry.filter(isAmbient).flatMap((origin) =>
      (origin.spec.hosts ?? []).map((hostname) => ({ hostname, origin })),
    ),
  ];
  return [...groupBy(claims, ({ hostname, origin }) => `${origin.metadata.namespace}/${hostname}`).values()].map(
    chooseClaim,
  );
}

function chooseClaim(claims: readonly Claim[]): Claim {
  const kubernetes = claims.find(({ origin }) => origin.kind === 'Service');
  return (
    kubernetes ??
    claims.reduce((best, claim) =>
      claim.origin.metadata.creationTime < best.origin.metadata.creationTime ? claim : best,
    )
  );
}

type Entry = Mesh['resources']['ServiceEntry'][number];

/** One address that istiod cannot use keeps the whole entry out of the ambient mesh. */
function hasUsableAddresses({ spec }: Entry, { waypointsTakeAddressRanges }: Mesh['profile']): boolean {
  return (spec.addresses ?? []).every((address) => {
    const prefix = parsePrefix(address);
    return prefix !== undefined && (waypointsTakeAddressRanges || isSingle(prefix));
  });
}

function isSingle({ address, length }: IpPrefix): boolean {
  return length === (address.includes(':') ? 128 : 32);
}

function selectorOf(origin: Service['origin']): Readonly<Record<string, string>> {
  return (origin.kind === 'Service' ? origin.spec.selector : origin.spec.workloadSelector?.labels) ?? {};
}
