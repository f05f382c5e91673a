import { clusterDomain, completeHostname } from '../../model/hostname.ts';
import type { Resource } from '../../model/resource.ts';
import type { Mesh } from '../../registry/mesh.ts';
import { listRoutedDestinations } from '../destinations.ts';
import type { Finding, Rule } from '../rule.ts';

export const shortHostName: Rule = {
  code: 'short-host-name',
  severity: 'warning',
  documentation:
    'A host without a dot is completed with the namespace of the resource that uses it: `reviews` in a VirtualService of namespace `routing` means `reviews.routing.svc.cluster.local`, not the service beside the client. Write the full name.',
  inMesh: ({ mesh, written }) => [
    ...written('VirtualService').flatMap((resource) => [
      ...(resource.spec.hosts ?? []).flatMap((host, index) => find(mesh, resource, host, `spec.hosts[${index}]`)),
      ...listRoutedDestinations(resource).flatMap(({ destination, path }) =>
        find(mesh, resource, destination.host ?? '', `${path}.host`),
      ),
    ]),
    ...written('DestinationRule').flatMap((resource) => find(mesh, resource, resource.spec.host ?? '', 'spec.host')),
  ],
};

function find(mesh: Mesh, resource: Resource, host: string, path: string): readonly Finding[] {
  const { namespace } = resource.metadata;
  const complete = completeHostname(host, namespace);
  if (complete === host || host === '' || mesh.servicesByHostname.has(complete)) return [];
  const suffix = `.svc.${clusterDomain}`;
  const elsewhere = [...mesh.servicesByHostname.keys()].filter(
    (name) => name.startsWith(`${host}.`) && name.endsWith(suffix) && name.split('.').length === 5,
  );
  if (elsewhere.length === 0) return [];
  return [
    {
      resource,
      path,
      message: `"${host}" means "${complete}", which no service has: short names are completed with the namespace of the resource that uses them. Write "${elsewhere[0]}".`,
    },
  ];
}
