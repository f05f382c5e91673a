import { hostnameIsSubsetOf, isWildcard } from '../../model/hostname.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Look } from '../look.ts';
import { listRequestedHosts } from '../requested-hosts.ts';
import type { Finding, Rule } from '../rule.ts';

export const missingInRegistryOnly: Rule = {
  code: 'missing-in-registry-only',
  severity: 'warning',
  seeAlso: ['KIA1004'],
  documentation:
    'With outboundTrafficPolicy REGISTRY_ONLY, connections to what no service of the proxy’s registry describes go to the BlackHoleCluster and are closed (HTTP: 502). An egress host of a Sidecar that no service has imports nothing, so its users are blocked. Add a ServiceEntry for the host.',
  fromProxy: (look) => {
    if (look.view.outboundTrafficPolicy.mode !== 'REGISTRY_ONLY') return [];
    return [...findImports(look), ...findRequests(look)];
  },
};

function findImports(look: Look): readonly Finding[] {
  const { sidecar } = look.view;
  const names = [...look.mesh.servicesByHostname.keys()];
  return (sidecar?.spec.egress ?? []).flatMap(({ hosts = [] }, listener) =>
    hosts.flatMap((text, index): readonly Finding[] => {
      const host = text.split('/')[1] ?? '';
      if (!sidecar || host === '' || host === '*' || text.startsWith('~')) return [];
      const isKnown = isWildcard(host)
        ? names.some((name) => hostnameIsSubsetOf(name, host))
        : look.mesh.servicesByHostname.has(host) ||
          look.mesh.resources.VirtualService.some(({ spec }) => spec.hosts?.includes(host));
      return isKnown ? [] : [describe(sidecar, `spec.egress[${listener}].hosts[${index}]`, host)];
    }),
  );
}

function describe(resource: ResourceOf<'Sidecar'>, path: string, host: string): Finding {
  return {
    resource,
    path,
    message: `No service has the host "${host}", so nothing is imported for it, and the outbound policy is REGISTRY_ONLY: connections to it are blocked. Add a ServiceEntry for it.`,
  };
}

/** The policy that blocks them is the Sidecar's, or the mesh's, which no resource is. */
function findRequests({ mesh, view, requests }: Look): readonly Finding[] {
  const names = [...mesh.servicesByHostname.keys()];
  const ownPolicy = view.sidecar?.spec.outboundTrafficPolicy && view.sidecar;
  return listRequestedHosts({ requests }).flatMap((host) =>
    names.some((name) => hostnameIsSubsetOf(host, name))
      ? []
      : [
          {
            ...(ownPolicy && { resource: ownPolicy, path: 'spec.outboundTrafficPolicy' }),
            message: `The scenario’s requests ask for ${host}, which no service has: with REGISTRY_ONLY they are blocked. Add a ServiceEntry for it.`,
          },
        ],
  );
}
