import { hostnamesMatch } from '../../model/hostname.ts';
import { type ResourceOf, resourceKey } from '../../model/resource.ts';
import { listGatewayReferences } from '../gateway-references.ts';
import type { Finding, Rule } from '../rule.ts';

/** https://istio.io/latest/docs/reference/config/analysis/ist0132/ */
export const gatewayHostMismatch: Rule = {
  code: 'gateway-host-mismatch',
  severity: 'warning',
  seeAlso: ['IST0132'],
  documentation:
    'A gateway routes requests for a host only where one of its servers lists it (or a wildcard around it), and where the server’s namespace prefix (`namespace/host`) lets the VirtualService in. A VirtualService of which no host is served there adds nothing to the gateway: its requests are answered with 404. Add the host to a server, or correct it.',
  inMesh: ({ mesh, written }) => {
    const gateways = new Map(mesh.resources.Gateway.map((gateway) => [resourceKey(gateway.metadata), gateway]));
    return written('VirtualService').flatMap((resource) =>
      listGatewayReferences(resource).flatMap(({ gateway, path }): readonly Finding[] => {
        const found = gateways.get(gateway);
        if (!resource.spec.hosts?.length || (found && serves(found, resource))) return [];
        // A Gateway that does not exist serves no host either.
        const served = found ? [...new Set((found.spec.servers ?? []).flatMap(({ hosts = [] }) => hosts))] : [];
        return [
          {
            resource,
            path,
            message: describe(gateway, resource, served),
            ...(!found && { severity: 'info' as const }),
          },
        ];
      }),
    );
  },
};

function describe(gateway: string, { spec }: ResourceOf<'VirtualService'>, served: readonly string[]): string {
  const list = served.length === 0 ? 'none' : served.slice(0, 5).join(', ');
  return `Gateway ${gateway} serves no host of this VirtualService (${spec.hosts?.join(', ')}); its servers are for ${list}. Requests for the host are answered with 404 there.`;
}

/** A server's host may name the namespace whose VirtualServices it takes: `.` its own, `*` any. */
function serves(
  { metadata, spec: { servers = [] } }: ResourceOf<'Gateway'>,
  { metadata: { namespace }, spec: { hosts = [] } }: ResourceOf<'VirtualService'>,
): boolean {
  return servers.some(({ hosts: served = [] }) =>
    served.some((text) => {
      const [scope, host] = text.includes('/') ? text.split('/') : ['*', text];
      const allowed = scope === '*' || (scope === '.' ? metadata.namespace : scope) === namespace;
      return allowed && hosts.some((wanted) => hostnamesMatch(host ?? '', wanted));
    }),
  );
}
