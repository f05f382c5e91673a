import { outboundName } from '../../xds/resource-name.ts';
import type { Look } from '../look.ts';
import type { Finding, Rule } from '../rule.ts';
import { isDynamicForwardProxyCluster } from '../upstream-tls.ts';

export const subsetNoEffect: Rule = {
  code: 'subset-no-effect',
  severity: 'warning',
  documentation:
    'A subset is a part of the endpoints, chosen by labels. With resolution NONE istiod sends no endpoints: each subset becomes a cluster that leads where the client wanted to go anyway, so that a split by weights splits nothing. With DYNAMIC_DNS istiod sends no cluster for subsets at all: routes to one are answered with 503 (NC). Use separate entries, or resolution STATIC or DNS with labelled endpoints.',
  fromProxy: (look) =>
    look.view.knownHosts.flatMap(({ service, outboundRule: rule }): readonly Finding[] => {
      const effect = rule?.spec.subsets?.length ? effectOn(look, service) : undefined;
      if (!rule || effect === undefined) return [];
      return look.sourcesOf(rule).flatMap((resource) =>
        (resource.spec.subsets ?? []).flatMap((subset, index) =>
          rule.spec.subsets?.includes(subset)
            ? [
                {
                  resource,
                  path: `spec.subsets[${index}]`,
                  message: `Subset "${subset.name}" of ${service.hostname} selects nothing: ${effect}.`,
                },
              ]
            : [],
        ),
      );
    }),
};

function effectOn(look: Look, { hostname, ports }: Look['view']['services'][number]): string | undefined {
  for (const { number } of ports) {
    const cluster = look.cluster(outboundName(hostname, number));
    if (!cluster) continue;
    if (isDynamicForwardProxyCluster(cluster))
      return 'a dynamic forward proxy has no subsets, and routes to one are answered with 503 (NC)';
    if (cluster.type === 'ORIGINAL_DST')
      return 'Envoy connects to the address that the client chose, whatever labels the endpoints have';
  }
  return undefined;
}
