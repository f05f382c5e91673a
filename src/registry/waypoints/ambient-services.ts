import { groupBy } from '../../model/group-by.ts';
import { type IpPrefix, parsePrefix } from '../../model/ip-prefix.ts';
import type { Service } from '../../model/service.ts';
import type { Mesh } from '../mesh.ts';
import { kubernetesHostname } from '../services/convert-kubernetes-service.ts';

/** A host as the ambient mesh knows it. */
export interface AmbientService {
  readonly hostname: string;
  /** Of those that claim the host in their namespace the Kubernetes Service, else the oldest. */
  readonly origin: Service['origin'];
}

/** Source: istio `pilot/pkg/serviceregistry/ambient/services.go`, ServicesCollection. */
export function listAmbientServices({
  resources,
  profile,
}: Pick<Mesh, 'resources' | 'profile'>): readonly AmbientService[] {
  const claims: readonly AmbientService[] = [
    ...resources.Service.filter(({ spec }) => spec.type !== 'ExternalName').map((origin) => ({
      hostname: kubernetesHostname(origin.metadata.name, origin.metadata.namespace),
      origin,
    })),
    ...resources.ServiceEntry.filter((entry) => hasUsableAddresses(entry, profile)).flatMap((origin) =>
      (origin.spec.hosts ?? []).map((hostname) => ({ hostname, origin })),
    ),
  ];
  return [...groupBy(claims, ({ hostname, origin }) => `${origin.metadata.namespace}/${hostname}`).values()].map(
    chooseClaim,
  );
}

function chooseClaim(claims: readonly AmbientService[]): AmbientService {
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
function hasUsableAddresses({ spec }: Entry, profile: Mesh['profile']): boolean {
  return (spec.addresses ?? []).every((address) => {
    const prefix = parsePrefix(address);
    return prefix !== undefined && (isSingle(prefix) || profile.waypointsTakeAddressRanges);
  });
}

function isSingle({ address, length }: IpPrefix): boolean {
  return length === (address.includes(':') ? 128 : 32);
}
