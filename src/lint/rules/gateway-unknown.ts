import { nearestName } from '../../model/nearest-name.ts';
import { type ResourceOf, resourceKey } from '../../model/resource.ts';
import { listGatewayReferences } from '../gateway-references.ts';
import type { Finding, Rule } from '../rule.ts';

export const gatewayUnknown: Rule = {
  code: 'gateway-unknown',
  severity: 'warning',
  seeAlso: ['IST0101', 'KIA1102'],
  documentation:
    'A VirtualService names the gateways that it is for. One that does not exist has no proxy, so the rules apply nowhere through it: requests that arrive at the gateway meant are answered with 404. A name without a namespace is looked for in the VirtualService’s own namespace; write `namespace/name` for others, and `mesh` for sidecars.',
  inMesh: ({ mesh, written }) => {
    const known = new Set(mesh.resources.Gateway.map(({ metadata }) => resourceKey(metadata)));
    return written('VirtualService').flatMap((resource) =>
      listGatewayReferences(resource).flatMap(({ gateway, path }): readonly Finding[] => {
        if (known.has(gateway)) return [];
        return [{ resource, path, message: describe(gateway, resource, [...known]) }];
      }),
    );
  },
};

function describe(gateway: string, { metadata }: ResourceOf<'VirtualService'>, known: readonly string[]): string {
  const [, name = ''] = gateway.split('/');
  const sameName = known.find((key) => key.endsWith(`/${name}`));
  const near = sameName ?? nearestName(gateway, known);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const where = gateway.startsWith(`${metadata.namespace}/`) ? '' : ' (or it is not part of the input)';
  return `There is no Gateway ${gateway}${where}: the rules apply to no gateway of that name.${hint}`;
}
