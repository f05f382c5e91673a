import { isWildcard } from '../../model/hostname.ts';
import type { Service } from '../../model/service.ts';
import type { Look } from '../look.ts';
import { isPrivateName } from '../private-name.ts';
import type { Rule } from '../rule.ts';

export const syntheticHost: Rule = {
  code: 'synthetic-host',
  severity: 'info',
  documentation:
    'Before a connection reaches the proxy, the application looks up the host’s name. A name that was made up for the entry is in no DNS; with DNS capture the sidecar answers for it, without, the lookup fails and no request is ever sent. Turn on DNS capture, or put the name into the cluster’s DNS (any address will do where the port is HTTP or TLS).',
  fromProxy: (look) =>
    look.isSidecar
      ? look.view.services.flatMap((service) => {
          const { origin, hostname } = service;
          if (origin.kind !== 'ServiceEntry' || !isMadeUp(service) || answers(look, hostname)) return [];
          const index = origin.spec.hosts?.indexOf(hostname) ?? -1;
          return [
            {
              resource: origin,
              path: index < 0 ? 'spec.hosts' : `spec.hosts[${index}]`,
              message: `"${hostname}" looks like a name that only the mesh knows, and the proxy does not answer DNS queries for it: unless another DNS server does, applications cannot look it up. Turn on DNS capture (ISTIO_META_DNS_CAPTURE), or add the name to the cluster’s DNS.`,
            },
          ];
        })
      : [],
};

/** With endpoints, nobody needs to have registered the name itself; without, Envoy looks it up, too. */
function isMadeUp({ hostname, origin, registry }: Service): boolean {
  if (registry !== 'External' || isWildcard(hostname) || !isPrivateName(hostname)) return false;
  if (origin.kind !== 'ServiceEntry') return false;
  return Boolean(origin.spec.endpoints?.length || origin.spec.workloadSelector || origin.spec.addresses?.length);
}

const answers = ({ snapshot }: Look, hostname: string): boolean => Object.hasOwn(snapshot.nameTable.table, hostname);
