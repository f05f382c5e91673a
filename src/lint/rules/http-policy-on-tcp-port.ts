import { isHttpOrSniffed, isTls, type Protocol } from '../../model/protocol.ts';
import type { PortPolicy } from '../../registry/traffic-policy.ts';
import { joinWords, listPorts } from '../applied-policy.ts';
import type { Rule } from '../rule.ts';

export const httpPolicyOnTcpPort: Rule = {
  code: 'http-policy-on-tcp-port',
  severity: 'warning',
  documentation:
    'On a port of protocol TCP or TLS Envoy sees connections, not requests: limits of requests, retries per connection, upgrades to HTTP/2 do nothing, hashing by header, cookie or query parameter has nothing to hash, and outlier detection counts failed connections instead of 5xx answers. Use the tcp settings and useSourceIp, or let Envoy see HTTP: applications speak plain HTTP to a port of protocol HTTP, and a DestinationRule originates TLS.',
  fromProxy: (look) =>
    look.policies.flatMap(({ service, ports, resource, path, settings, clusters }) => {
      const reached = ports.filter((_, index) => look.cluster(clusters[index] ?? ''));
      const [first] = reached;
      if (!first || !look.isSidecar || reached.some(({ protocol }) => isHttpOrSniffed(protocol))) return [];
      return listFields(settings).map(({ field, names, does, severity }) => ({
        resource,
        path: `${path}.${field}`,
        severity,
        message: `${joinWords(names)} ${does} for ${service.hostname}, ${listPorts(reached)} (${first.protocol}): ${whyBlind(first.protocol)}.`,
      }));
    }),
};

interface Blind {
  readonly field: string;
  readonly names: readonly string[];
  readonly does: string;
  readonly severity: 'warning' | 'info';
}

function listFields({ connectionPool, loadBalancer, outlierDetection }: PortPolicy): readonly Blind[] {
  // Envoy upgrades and counts by request; idleTimeout is taken for TCP in no place either.
  const http = Object.keys(connectionPool?.http ?? {});
  const { httpHeaderName, httpCookie, httpQueryParameterName } = loadBalancer?.consistentHash ?? {};
  const hash = Object.entries({ httpHeaderName, httpCookie, httpQueryParameterName }).flatMap(([name, value]) =>
    value ? [name] : [],
  );
  const fives = (['consecutive5xxErrors', 'consecutiveGatewayErrors'] as const).filter(
    (name) => outlierDetection?.[name],
  );
  const effect = (names: readonly string[]): string => (names.length > 1 ? 'have no effect' : 'has no effect');
  return [
    ...(http.length > 0
      ? [{ field: 'connectionPool.http', names: http, does: effect(http), severity: 'warning' as const }]
      : []),
    ...(hash.length > 0
      ? [{ field: `loadBalancer.consistentHash`, names: hash, does: effect(hash), severity: 'warning' as const }]
      : []),
    ...(fives.length > 0
      ? [
          {
            field: `outlierDetection.${fives[0]}`,
            names: [...fives],
            does: fives.length > 1 ? 'count failed connections only' : 'counts failed connections only',
            severity: 'info' as const,
          },
        ]
      : []),
  ];
}

const whyBlind = (protocol: Protocol): string =>
  isTls(protocol) ? 'the application encrypts, and Envoy sees no request' : 'Envoy sees connections there, no requests';
