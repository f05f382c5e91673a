import { portPath } from '../../model/port-path.ts';
import { isHttp } from '../../model/protocol.ts';
import { listPorts } from '../applied-policy.ts';
import type { Rule } from '../rule.ts';
import { upstreamTlsOf } from '../upstream-tls.ts';

const usualPlainPorts: ReadonlySet<number> = new Set([80, 8080]);

export const originationOnPlainPort: Rule = {
  code: 'origination-on-plain-port',
  severity: 'warning',
  documentation:
    'A DestinationRule originates TLS, and the connection then goes to the very port that the application asked for: port 80, where servers speak plain HTTP and answer a TLS handshake with an error. Let the application use port 80, and send the connection on to 443: `targetPort: 443` at the entry’s port, or a VirtualService that routes to a second port.',
  fromProxy: (look) =>
    look.policies.flatMap(({ service, ports, resource, path, settings, clusters }) => {
      const { mode } = settings.tls ?? {};
      if ((mode !== 'SIMPLE' && mode !== 'MUTUAL') || !service.meshExternal) return [];
      const wrong = ports.filter((port, index) => {
        const cluster = look.cluster(clusters[index] ?? '');
        if (!isHttp(port.protocol) || !cluster || !upstreamTlsOf(cluster)) return false;
        const targets = look.mesh.endpointsOf(service, port);
        return (
          usualPlainPorts.has(port.number) &&
          targets.length > 0 &&
          targets.every(({ port: target }) => target === port.number)
        );
      });
      const [first] = wrong;
      if (!first) return [];
      return [
        {
          resource,
          path: `${path}.tls`,
          message: `TLS is originated to ${service.hostname}, ${listPorts(wrong)}, where servers usually speak plain HTTP: the handshake fails. Set targetPort: 443 at the entry’s port ${first.number}, or originate on the port that requests are routed to.`,
          related: [
            {
              message: `sends port ${first.number} to port ${first.number} of its endpoints (${portPath(service.origin, first.number)})`,
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
