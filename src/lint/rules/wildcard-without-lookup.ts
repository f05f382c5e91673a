import { isWildcard } from '../../model/hostname.ts';
import { isHttp, isTls } from '../../model/protocol.ts';
import type { Service } from '../../model/service.ts';
import type { Look } from '../look.ts';
import type { Rule } from '../rule.ts';

export const wildcardWithoutLookup: Rule = {
  code: 'wildcard-without-lookup',
  severity: 'info',
  documentation:
    'With resolution NONE Envoy forwards to the address that the client chose and compares the name only with the wildcard: a client that sends a matching SNI or Host header reaches any address. No rule of load balancing, no check of endpoints applies. Since Istio 1.30 resolution DYNAMIC_DNS makes the proxy look up the name itself, for ports of protocol HTTP, HTTP2, GRPC and TLS: that the guide says wildcards only work with NONE is no longer true.',
  fromProxy: (look) =>
    look.view.services.flatMap((service) => {
      const { origin, hostname } = service;
      if (!look.isSidecar) return [];
      if (origin.kind !== 'ServiceEntry' || service.resolution !== 'passthrough' || !isWildcard(hostname)) return [];
      const index = origin.spec.hosts?.indexOf(hostname) ?? 0;
      return [{ resource: origin, path: `spec.hosts[${index}]`, message: describe(look, service) }];
    }),
};

function describe({ view }: Look, { hostname, ports }: Service): string {
  const byName = ports.some(({ protocol }) => isHttp(protocol) || isTls(protocol));
  const checked = byName ? `only the name is compared with ${hostname}` : 'no name is compared at all';
  const remedy = view.mesh.profile.dynamicForwardProxyInSidecars
    ? 'Resolution DYNAMIC_DNS makes the proxy look up the name that the client asks for.'
    : 'From Istio 1.30 on, resolution DYNAMIC_DNS makes the proxy look up the name that the client asks for.';
  return `Connections go to whatever address the client chose; ${checked}. ${remedy}`;
}
