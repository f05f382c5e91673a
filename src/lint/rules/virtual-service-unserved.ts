import { completeHostname } from '../../model/hostname.ts';
import type { ResourceOf } from '../../model/resource.ts';
import { isForSidecars } from '../destinations.ts';
import type { Look } from '../look.ts';
import type { MeshContext, Rule } from '../rule.ts';

export const virtualServiceUnserved: Rule = {
  code: 'virtual-service-unserved',
  severity: 'warning',
  seeAlso: ['KIA1101'],
  documentation:
    'A VirtualService for sidecars changes the routes of listeners that exist: those of its host’s ports, or for http rules of any HTTP port. Where no service has the host and no listener carries HTTP, nothing that a proxy is sent was made from the VirtualService. Add a ServiceEntry (or Service) for the host.',
  inMesh: (context) =>
    context.mesh.resources.VirtualService.flatMap((resource) => {
      const looks = context.looks.filter((look) => look.isSidecar && look.sees(resource));
      if (!isForSidecars(resource) || looks.length === 0 || looks.some((look) => look.uses(resource))) return [];
      if (hasService(context, looks, resource)) return [];
      return [
        {
          resource,
          path: 'spec.hosts',
          message: `Nothing that proxies are sent was made from this VirtualService: no service has the host ${listHosts(resource).join(', ')}, and no listener carries its traffic. Add a ServiceEntry for the host, or correct its name.`,
        },
      ];
    }),
};

/** Where a service has the host, the rules do not go with its ports, or another VirtualService is in force: said elsewhere. */
function hasService(_: MeshContext, looks: readonly Look[], resource: ResourceOf<'VirtualService'>): boolean {
  return looks.some((look) => listHosts(resource).some((host) => look.view.serviceFor(host) !== undefined));
}

const listHosts = ({ metadata, spec }: ResourceOf<'VirtualService'>): readonly string[] =>
  (spec.hosts ?? []).map((host) => completeHostname(host, metadata.namespace));
