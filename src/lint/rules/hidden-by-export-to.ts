import { completeHostname } from '../../model/hostname.ts';
import { type Resource, referenceOf } from '../../model/resource.ts';
import type { Mesh } from '../../registry/mesh.ts';
import { isVisible } from '../../registry/visibility.ts';
import { listRoutedDestinations } from '../destinations.ts';
import { listRequestedHosts } from '../requested-hosts.ts';
import type { Finding, Rule } from '../rule.ts';

export const hiddenByExportTo: Rule = {
  code: 'hidden-by-export-to',
  severity: 'warning',
  seeAlso: ['IST0101', 'KIA1101'],
  documentation:
    'A ServiceEntry (or a Service, by its annotation networking.istio.io/exportTo) is seen by the namespaces that exportTo names: `.` is its own alone. For proxies elsewhere it does not exist: a route to it is answered with 503 (NC), and where the mesh allows any traffic, connections pass without its policies. Add the namespace of its users to exportTo.',
  inMesh: ({ mesh, written }) => [
    ...written('VirtualService').flatMap((resource) =>
      listRoutedDestinations(resource).flatMap(({ host, path }) => find(mesh, resource, host, `${path}.host`)),
    ),
    ...written('DestinationRule').flatMap((resource) =>
      find(mesh, resource, completeHostname(resource.spec.host ?? '', resource.metadata.namespace), 'spec.host'),
    ),
  ],
  fromProxy: (look) =>
    listRequestedHosts(look).flatMap((host) => {
      const services = look.mesh.servicesByHostname.get(host) ?? [];
      const { namespace } = look.view.proxy;
      const [first] = services;
      if (!first || services.some(({ visibility }) => isVisible(visibility, namespace))) return [];
      return [
        {
          resource: first.origin,
          path: 'spec.exportTo',
          message: `The scenario’s requests ask for ${host}, but it is not exported to namespace ${namespace}: for the proxy it does not exist. Add "${namespace}" to exportTo.`,
        },
      ];
    }),
};

function find(mesh: Mesh, resource: Resource, host: string, path: string): readonly Finding[] {
  const services = mesh.servicesByHostname.get(host) ?? [];
  const { namespace } = resource.metadata;
  const [first] = services;
  const isHidden = !services.some((one) => one.namespace === namespace || isVisible(one.visibility, namespace));
  if (!first || !isHidden) return [];
  const owner = `${first.origin.kind} ${first.origin.metadata.namespace}/${first.origin.metadata.name}`;
  return [
    {
      resource,
      path,
      message: `${host} is not exported to namespace ${namespace}: for its proxies the service does not exist, and this ${resource.kind} does nothing there. Add "${namespace}" to exportTo of ${owner}.`,
      related: [{ message: `has the host, and is not exported to ${namespace}`, resource: referenceOf(first.origin) }],
    },
  ];
}
