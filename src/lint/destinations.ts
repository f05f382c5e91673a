import { completeHostname } from '../model/hostname.ts';
import type { Destination } from '../model/istio/virtual-service.ts';
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
}

export function listRoutedDestinations({ metadata, spec }: ResourceOf<'VirtualService'>): readonly RoutedDestination[] {
  const make = (
    section: RoutedDestination['section'],
    destination: Destination | undefined,
    path: string,
    role: RoutedDestination['role'] = 'route',
  ): readonly RoutedDestination[] =>
    destination?.host
      ? [{ section, role, destination, host: completeHostname(destination.host, metadata.namespace), path }]
      : [];

  const ofSection = (section: RoutedDestination['section']): readonly RoutedDestination[] =>
    (spec[section] ?? []).flatMap(({ route = [] }, rule) =>
      route.flatMap(({ destination }, index) =>
        make(section, destination, `spec.${section}[${rule}].route[${index}].destination`),
      ),
    );
  const mirrors = (spec.http ?? []).flatMap(({ mirror, mirrors: several = [] }, rule) => [
    ...make('http', mirror, `spec.http[${rule}].mirror`, 'mirror'),
    ...several.flatMap(({ destination }, index) =>
      make('http', destination, `spec.http[${rule}].mirrors[${index}].destination`, 'mirror'),
    ),
  ]);
  return [...ofSection('http'), ...mirrors, ...ofSection('tls'), ...ofSection('tcp')];
}

/** Whether it is for sidecars: bound to `mesh`, by name or by default. Delegates, which have no hosts, are not by themselves. */
export function isForSidecars({ spec }: ResourceOf<'VirtualService'>): boolean {
  return Boolean(spec.hosts?.length) && (!spec.gateways?.length || spec.gateways.includes('mesh'));
}
