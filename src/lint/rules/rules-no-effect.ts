import { completeHostname } from '../../model/hostname.ts';
import { isHttp, isHttpOrSniffed, isTls, type Protocol } from '../../model/protocol.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Port } from '../../model/service.ts';
import { isForSidecars } from '../destinations.ts';
import type { Look } from '../look.ts';
import type { Finding, Rule } from '../rule.ts';

type Section = 'http' | 'tls' | 'tcp';

export const rulesNoEffect: Rule = {
  code: 'rules-no-effect',
  severity: 'warning',
  documentation:
    'Which rules of a VirtualService apply is decided by the protocol of the host’s port: http rules where Envoy reads HTTP, tls rules where the application does TLS itself (protocol TLS or HTTPS), tcp rules elsewhere. istiod accepts the others and leaves them out: no retry, no timeout, no weight of theirs exists. Change the port’s protocol, or write the rules for the protocol that is there.',
  fromProxy: (look) =>
    look.mesh.resources.VirtualService.flatMap((virtualService) =>
      look.isSidecar && isForSidecars(virtualService) && look.sees(virtualService) ? findIn(look, virtualService) : [],
    ),
};

function findIn(look: Look, resource: ResourceOf<'VirtualService'>): readonly Finding[] {
  const { spec, metadata } = resource;
  const hosts = (spec.hosts ?? []).map((host) => completeHostname(host, metadata.namespace));
  const services = hosts.flatMap((host) => look.view.serviceFor(host) ?? []);
  // Hosts that no service has get http rules on every HTTP port; wildcards cover services of their own.
  if (services.length < hosts.length) return [];
  const ports = services.flatMap((service) => service.ports).filter(({ protocol }) => protocol !== 'UDP');
  const first = services[0]?.hostname ?? '';
  return (['http', 'tls', 'tcp'] as const).flatMap((section): readonly Finding[] => {
    if (!spec[section]?.length || ports.length === 0 || ports.some((port) => applies(section, port.protocol)))
      return [];
    return [{ resource, path: `spec.${section}`, message: describe(section, first, ports) }];
  });
}

function applies(section: Section, protocol: Protocol): boolean {
  if (section === 'http') return isHttpOrSniffed(protocol);
  if (section === 'tls') return isTls(protocol);
  return !isHttp(protocol) && !isTls(protocol);
}

function describe(section: Section, hostname: string, ports: readonly Port[]): string {
  const spoken = ports.map(({ number, protocol }) => `${number} (${protocol})`).join(', ');
  const reads = {
    http: 'Envoy sees no HTTP there, so no retry, timeout, match or weight of the rules applies',
    tls: 'only protocol TLS or HTTPS is routed by SNI',
    tcp: 'connections there are routed as HTTP or by SNI',
  }[section];
  const remedy = {
    http: 'Write tls rules, or let applications send plain HTTP to a port of protocol HTTP and originate TLS with a DestinationRule.',
    tls: 'Give the port the protocol TLS, or write http or tcp rules.',
    tcp: 'Write http or tls rules, or give the port the protocol TCP.',
  }[section];
  return `The ${section} rules have no effect: ${hostname} has only port ${spoken}, and ${reads}. ${remedy}`;
}
