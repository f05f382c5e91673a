import { isTls } from '../../model/protocol.ts';
import type { Port, Service } from '../../model/service.ts';
import { listPorts } from '../applied-policy.ts';
import type { Finding, Rule } from '../rule.ts';
import { upstreamTlsOf } from '../upstream-tls.ts';

export const doubleTls: Rule = {
  code: 'double-tls',
  severity: 'warning',
  documentation:
    'Protocol TLS or HTTPS says that the application encrypts: Envoy reads the SNI and passes the bytes on. Where a DestinationRule originates TLS for that port, Envoy encrypts what is encrypted already, and the server, which expects an HTTP request inside of the first layer, finds a second handshake. Either let the application do TLS and remove the tls settings, or let it speak plain HTTP: to a port of protocol HTTP, with targetPort 443 and the tls settings for that port.',
  fromProxy: (look) =>
    look.policies.flatMap(({ service, ports, resource, path, settings, clusters }): readonly Finding[] => {
      const mode = settings.tls?.mode;
      if (!look.isSidecar || (mode !== 'SIMPLE' && mode !== 'MUTUAL')) return [];
      const wrapped = ports.filter((port, index) => {
        const cluster = look.cluster(clusters[index] ?? '');
        return isTls(port.protocol) && cluster !== undefined && upstreamTlsOf(cluster) !== undefined;
      });
      const [first] = wrapped;
      if (!first) return [];
      const isRouted = wrapped.every(({ number }) => look.receivesRequests(service.hostname, number));
      if (isRouted)
        return [{ resource, path: `${path}.tls`, severity: 'info', message: describeRouted(service, first) }];
      return [
        {
          resource,
          path: `${path}.tls`,
          message: `Connections to ${service.hostname}, ${listPorts(wrapped)}, are encrypted twice: protocol ${first.protocol} says that the application speaks TLS, and mode ${mode} wraps it in TLS once more. Remove tls, or let applications send plain HTTP to a port of protocol HTTP (with targetPort ${first.number}) and originate TLS there.`,
          related: [
            {
              message: `gives port ${first.number} the protocol ${first.protocol}`,
              resource: {
                kind: service.origin.kind,
                namespace: service.origin.metadata.namespace,
                name: service.origin.metadata.name,
              },
            },
          ],
        },
      ];
    }),
};

function describeRouted({ hostname }: Service, { number, protocol }: Port): string {
  return `Requests that are routed to ${hostname}, port ${number}, are encrypted once, as is meant; but connections that applications open to that port themselves, and encrypt (protocol ${protocol} says so), are encrypted twice. Give the port the protocol HTTP if only routed requests go there.`;
}
