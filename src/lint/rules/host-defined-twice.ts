import { referenceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import { isVisible } from '../../registry/visibility.ts';
import type { Look } from '../look.ts';
import type { Finding, Rule } from '../rule.ts';

export const hostDefinedTwice: Rule = {
  code: 'host-defined-twice',
  severity: 'warning',
  documentation:
    'Where services of several namespaces have one host, a proxy gets one of them: that of its own namespace, else a Kubernetes Service, else the oldest. Ports, endpoints and resolution of the others do not exist for it, and another namespace’s proxies can get another one. Define a host once and export it, or restrict exportTo so that each namespace sees one.',
  fromProxy: (look) =>
    [...look.mesh.servicesByHostname].flatMap(([hostname, services]): readonly Finding[] => {
      if (services.length < 2) return [];
      const visible = services.filter(({ visibility }) => isVisible(visibility, look.view.proxy.namespace));
      const chosen = look.view.serviceFor(hostname);
      if (!chosen) return [];
      const hidden = new Map<string, Service>();
      for (const service of visible)
        if (service.namespace !== chosen.namespace && !hidden.has(service.namespace))
          hidden.set(service.namespace, service);
      return [...hidden.values()].map((service) => describe(look, service, chosen));
    }),
};

function describe({ view }: Look, { hostname, origin }: Service, chosen: Service): Finding {
  const winner = `${chosen.origin.kind} ${chosen.origin.metadata.namespace}/${chosen.origin.metadata.name}`;
  const why =
    chosen.namespace === view.proxy.namespace
      ? 'which is of the proxy’s own namespace'
      : chosen.registry === 'Kubernetes' && origin.kind !== 'Service'
        ? 'because a Kubernetes Service comes first'
        : 'which comes first';
  const index = origin.kind === 'ServiceEntry' ? (origin.spec.hosts?.indexOf(hostname) ?? -1) : -1;
  return {
    resource: origin,
    path: index >= 0 ? `spec.hosts[${index}]` : 'metadata.name',
    message: `${hostname} is also defined by ${winner}, ${why}: this one’s ports and endpoints do not exist for the proxy. Define the host once, or restrict exportTo.`,
    related: [{ message: `defines ${hostname}, too`, resource: referenceOf(chosen.origin) }],
  };
}
