import { completeHostname, hostnameIsSubsetOf, isWildcard } from '../../model/hostname.ts';
import { nearestName } from '../../model/nearest-name.ts';
import type { Rule } from '../rule.ts';

export const destinationRuleUnknownHost: Rule = {
  code: 'destination-rule-unknown-host',
  severity: 'warning',
  seeAlso: ['KIA0202'],
  documentation:
    'A DestinationRule changes the clusters of a service. For a host that no service has there is no cluster to change: connection pools, TLS, subsets of the rule do not exist anywhere. Traffic to the host, if there is any, passes without them. Correct the host (a short name is completed with the rule’s own namespace), or add the ServiceEntry.',
  inMesh: ({ mesh, hosts, written }) => {
    const names = [...mesh.servicesByHostname.keys()];
    return written('DestinationRule').flatMap((resource) => {
      const host = completeHostname(resource.spec.host ?? '', resource.metadata.namespace);
      const isKnown = isWildcard(host)
        ? hosts.find(host).some((name) => hostnameIsSubsetOf(name, host))
        : mesh.servicesByHostname.has(host);
      if (isKnown) return [];
      const near = nearestName(host, names.slice(0, 2000));
      const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
      return [
        {
          resource,
          path: 'spec.host',
          message: `No service has the host "${host}": nothing that a proxy is sent depends on this rule.${hint}`,
        },
      ];
    });
  },
};
