import { groupBy } from '../../model/group-by.ts';
import { HostOverlaps } from '../../model/host-overlaps.ts';
import { completeHostname } from '../../model/hostname.ts';
import { type ResourceOf, referenceOf } from '../../model/resource.ts';
import type { Visibility } from '../../model/service.ts';
import { compareByCreation } from '../../registry/order.ts';
import { readVisibility } from '../../registry/visibility.ts';
import { isForSidecars } from '../destinations.ts';
import type { Finding, MeshContext, Rule } from '../rule.ts';

type VirtualService = ResourceOf<'VirtualService'>;

/** https://istio.io/latest/docs/reference/config/analysis/ist0109/ */
export const virtualServiceConflict: Rule = {
  code: 'virtual-service-conflict',
  severity: 'warning',
  seeAlso: ['IST0109', 'KIA1106'],
  documentation:
    'Sidecars take one VirtualService for a host: of those that a namespace sees, first what is exported to it by name, then the oldest. The rules of the others are not added; they do not exist. (Only gateways merge them.) Where one host is a wildcard and the other lies within it, both apply, each to its own requests. Put the rules into one VirtualService, or split it with delegates.',
  inMesh: (context) => {
    const claims = listClaims(context);
    const byHost = groupBy(claims, ({ host }) => host);
    const hosts = new HostOverlaps([...byHost.keys()]);
    return claims.flatMap((claim) => {
      const rivals = hosts
        .find(claim.host)
        .flatMap((host) => byHost.get(host) ?? [])
        .filter((other) => other.resource !== claim.resource && shareNamespace(claim.visibility, other.visibility))
        .sort((left, right) => left.position - right.position);
      const same = rivals.filter((other) => other.host === claim.host);
      if (rivals.length === 0) return [];
      return [same.length > 0 ? describe(claim, same) : describeOverlap(claim, rivals)];
    });
  },
};

interface Claim {
  readonly resource: VirtualService;
  readonly host: string;
  readonly index: number;
  readonly visibility: Visibility;
  /** Among all claims. */
  readonly position: number;
}

function listClaims({ mesh, written }: MeshContext): readonly Claim[] {
  return written('VirtualService')
    .filter(isForSidecars)
    .flatMap((resource) => {
      const { metadata, spec } = resource;
      const visibility = readVisibility(
        spec.exportTo ?? [],
        metadata.namespace,
        mesh.configuration.defaultVirtualServiceExportTo,
      );
      return (spec.hosts ?? []).map((host, index) => ({
        resource,
        host: completeHostname(host, metadata.namespace),
        index,
        visibility,
      }));
    })
    .map((claim, position) => ({ ...claim, position }));
}

function shareNamespace(left: Visibility, right: Visibility): boolean {
  if (left.to === 'none' || right.to === 'none') return false;
  if (left.to === 'all' || right.to === 'all') return true;
  return [...left.namespaces].some((namespace) => right.namespaces.has(namespace));
}

function describe({ resource, host, index, visibility }: Claim, rivals: readonly Claim[]): Finding {
  const inOrder = [{ resource, visibility }, ...rivals].sort(comparePrecedence);
  const winner = inOrder[0]?.resource ?? resource;
  const isWinner = winner === resource;
  const others = rivals.map((rival) => nameOf(rival.resource)).join(', ');
  return {
    resource,
    path: `spec.hosts[${index}]`,
    ...(isWinner && { severity: 'info' }),
    message: isWinner
      ? `${others} ${rivals.length > 1 ? 'are' : 'is'} for "${host}", too: sidecars that see both use this one alone, which comes first.`
      : `Sidecars that see both take ${nameOf(winner)} for "${host}", which comes first: the rules of this VirtualService do not apply to it. Put them into one VirtualService.`,
    related: rivals.map((rival) => ({ message: `is for "${host}", too`, resource: referenceOf(rival.resource) })),
  };
}

/** What is exported by name comes first, then the oldest. */
function comparePrecedence(
  left: Pick<Claim, 'resource' | 'visibility'>,
  right: Pick<Claim, 'resource' | 'visibility'>,
): number {
  const rank = ({ visibility }: Pick<Claim, 'visibility'>): number => (visibility.to === 'namespaces' ? 0 : 1);
  return rank(left) - rank(right) || compareByCreation(left.resource, right.resource);
}

function describeOverlap({ resource, host, index }: Claim, rivals: readonly Claim[]): Finding {
  const [rival] = rivals;
  return {
    resource,
    path: `spec.hosts[${index}]`,
    severity: 'info',
    message: `"${host}" and "${rival?.host}" of ${rival ? nameOf(rival.resource) : ''} overlap: each request is routed by the VirtualService with the most specific host alone, and the rules of the other do not apply to it.`,
    related: rivals.map((one) => ({ message: `is for "${one.host}"`, resource: referenceOf(one.resource) })),
  };
}

const nameOf = ({ metadata }: VirtualService): string => `VirtualService ${metadata.namespace}/${metadata.name}`;
