import { referenceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import { isVisible } from '../../registry/visibility.ts';
import type { Look } from '../look.ts';
import { listRequestedHosts } from '../requested-hosts.ts';
import type { Finding, Rule } from '../rule.ts';

export const hiddenBySidecar: Rule = {
  code: 'hidden-by-sidecar',
  severity: 'warning',
  documentation:
    'A Sidecar’s egress hosts are everything that its proxies import. What is left out does not exist for them, though it was made for them: an entry of their own namespace, one that is exported to the namespace by name, or one that a DestinationRule there is for. Connections pass without policies, or are blocked where the mesh only knows its registry. Add the host to egress, for example `"./*"` for the own namespace.',
  fromProxy: (look) => {
    const { sidecar, proxy } = look.view;
    if (!sidecar?.spec.egress?.length) return [];
    const requested = new Set(listRequestedHosts(look));
    const ruled = new Set(
      look.mesh.resources.DestinationRule.filter(({ metadata }) => metadata.namespace === proxy.namespace).map(
        ({ spec }) => spec.host,
      ),
    );
    return look.mesh.services.flatMap((service): readonly Finding[] => {
      const { hostname, origin, visibility } = service;
      if (origin.kind !== 'ServiceEntry' || !isVisible(visibility, proxy.namespace)) return [];
      if (look.view.serviceFor(hostname)) return [];
      const why = reasonFor(service, look, { requested, ruled });
      if (why === undefined) return [];
      return [
        {
          resource: origin,
          path: 'spec.hosts',
          severity: why.severity,
          message: `Sidecar ${sidecar.metadata.namespace}/${sidecar.metadata.name} does not import ${hostname}, though ${why.text}: for its proxies the host does not exist. Add "${importOf(service, proxy.namespace)}" to its egress hosts.`,
          related: [{ message: 'does not import the host', resource: referenceOf(sidecar) }],
        },
      ];
    });
  },
};

interface Users {
  readonly requested: ReadonlySet<string>;
  readonly ruled: ReadonlySet<string | undefined>;
}

/** What is left out of a list may be left out on purpose: what uses it all the same is a contradiction. */
function reasonFor(
  { namespace, hostname, visibility }: Service,
  { view: { proxy } }: Look,
  { requested, ruled }: Users,
): { readonly severity: 'warning' | 'info'; readonly text: string } | undefined {
  if (requested.has(hostname)) return { severity: 'warning', text: 'the scenario’s requests ask for it' };
  if (ruled.has(hostname))
    return { severity: 'warning', text: `a DestinationRule of namespace ${proxy.namespace} is for it` };
  if (namespace === proxy.namespace)
    return { severity: 'info', text: `it is an entry of namespace ${namespace} itself` };
  if (visibility.to === 'namespaces')
    return { severity: 'info', text: `it is exported to namespace ${proxy.namespace} by name` };
  return undefined;
}

const importOf = ({ namespace, hostname }: Service, own: string): string =>
  `${namespace === own ? '.' : namespace}/${hostname}`;
