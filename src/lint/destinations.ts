import { completeHostname } from '../model/hostname.ts';
import type { Destination, VirtualService } from '../model/istio/virtual-service.ts';
import { oncePer } from '../model/once-per.ts';
import type { ResourceOf } from '../model/resource.ts';

/** One place of a VirtualService that traffic is sent to. */
export interface RoutedDestination {
  readonly section: 'http' | 'tls' | 'tcp';
  /** `mirror`: a copy of the request; nobody waits for its answer. */
  readonly role: 'route' | 'mirror';
  /** As it is written. */
  readonly destination: Destination;
  /** With a short name completed. */
  readonly host: string;
  /** `spec.http[0].route[1].destination` */
  readonly path: string;
  /** Whether the rule is for sidecars, by its matches or else by the VirtualService; and whether it is for gateways. */
  readonly forSidecars: boolean;
  readonly forGateways: boolean;
}

/** Many rules ask for them, of every proxy. */
export const listRoutedDestinations = oncePer(findRoutedDestinations);

function findRoutedDestinations({ metadata, spec }: ResourceOf<'VirtualService'>): readonly RoutedDestination[] {
  const make = (
    section: RoutedDestination['section'],
    rule: number,
    { destination, path, role = 'route' }: Place,
  ): readonly RoutedDestination[] =>
    destination?.host
      ? [
          {
            section,
            role,
            destination,
            host: completeHostname(destination.host, metadata.namespace),
            path: `spec.${section}[${rule}].${path}`,
            ...listAudience(spec, spec[section]?.[rule]),
          },
        ]
      : [];

  const ofSection = (section: RoutedDestination['section']): readonly RoutedDestination[] =>
    (spec[section] ?? []).flatMap(({ route = [] }, rule) =>
      route.flatMap(({ destination }, index) =>
        make(section, rule, { destination, path: `route[${index}].destination` }),
      ),
    );
  const mirrors = (spec.http ?? []).flatMap(({ mirror, mirrors: several = [] }, rule) => [
    ...make('http', rule, { destination: mirror, path: 'mirror', role: 'mirror' }),
    ...several.flatMap(({ destination }, index) =>
      make('http', rule, { destination, path: `mirrors[${index}].destination`, role: 'mirror' }),
    ),
  ]);
  return [...ofSection('http'), ...mirrors, ...ofSection('tls'), ...ofSection('tcp')];
}

interface Place {
  readonly destination: Destination | undefined;
  readonly path: string;
  readonly role?: RoutedDestination['role'];
}

/** A match may name gateways of its own. */
function listAudience(
  { gateways: bound }: VirtualService,
  rule: { readonly match?: readonly { readonly gateways?: readonly string[] }[] } | undefined,
): Pick<RoutedDestination, 'forSidecars' | 'forGateways'> {
  const ofAll = bound?.length ? bound : ['mesh'];
  const named = rule?.match?.length
    ? rule.match.flatMap(({ gateways }) => (gateways?.length ? gateways : ofAll))
    : ofAll;
  return { forSidecars: named.includes('mesh'), forGateways: named.some((gateway) => gateway !== 'mesh') };
}

/** Whether it is for sidecars: bound to `mesh`, by name or by default. Delegates, which have no hosts, are not by themselves. */
export function isForSidecars({ spec }: ResourceOf<'VirtualService'>): boolean {
  return Boolean(spec.hosts?.length) && (!spec.gateways?.length || spec.gateways.includes('mesh'));
}
