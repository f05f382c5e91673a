import { parseDuration } from '../../model/duration.ts';
import type { ConnectionPoolSettings } from '../../model/istio/destination-rule.ts';
import { isHttpOrSniffed } from '../../model/protocol.ts';
import type { AppliedPolicy } from '../applied-policy.ts';
import type { Finding, Rule } from '../rule.ts';

export const connectionPoolThrottles: Rule = {
  code: 'connection-pool-throttles',
  severity: 'warning',
  documentation:
    'Limits of a connection pool hold for each proxy, and what exceeds them is answered at once with 503 and the flag UO. A limit of 1 turns away the second of two simultaneous requests. A value of 0 does not mean “none”: istiod leaves it out, and the default (no limit) holds. A connectTimeout of a few milliseconds fails wherever the network takes longer.',
  fromProxy: (look) =>
    look.policies.flatMap((policy) => {
      const { resource, path, settings, clusters, service } = policy;
      if (!settings.connectionPool || !clusters.some((name) => look.cluster(name))) return [];
      return findIn(settings.connectionPool, policy).map(({ path: field, message, severity }) => ({
        resource,
        path: `${path}.connectionPool.${field}`,
        message: message.replace('{host}', service.hostname),
        ...(severity && { severity }),
      }));
    }),
};

type Problem = Pick<Finding, 'path' | 'message' | 'severity'>;

function findIn({ tcp, http }: ConnectionPoolSettings, { ports }: AppliedPolicy): readonly Problem[] {
  const limits: readonly (readonly [string, number | undefined, string])[] = [
    ['tcp.maxConnections', tcp?.maxConnections, 'connection'],
    ['http.http1MaxPendingRequests', http?.http1MaxPendingRequests, 'waiting request'],
    ['http.http2MaxRequests', http?.http2MaxRequests, 'request'],
  ];
  const carriesHttp = ports.some(({ protocol }) => isHttpOrSniffed(protocol));
  const problems = limits.flatMap(([path, value, what]): readonly Problem[] => {
    if (value === 0)
      return [{ path, severity: 'info', message: `0 is left out: there is no limit for {host}, not a limit of 0.` }];
    if (value !== 1 || (path.startsWith('http') && !carriesHttp)) return [];
    return [
      {
        path,
        message: `Each proxy may have 1 ${what} to {host} at a time: the second of two simultaneous ones ${path.startsWith('tcp') && !carriesHttp ? 'is refused' : 'is answered with 503 (UO) or has to wait'}. Set a limit that fits the traffic.`,
      },
    ];
  });
  const timeout = tcp?.connectTimeout === undefined ? undefined : parseDuration(tcp.connectTimeout);
  if (timeout !== undefined && timeout > 0n && timeout < tooShortNanoseconds)
    return [
      ...problems,
      {
        path: 'tcp.connectTimeout',
        message: `Connections to {host} that take longer than ${tcp?.connectTimeout} to establish fail (503, UF); across a network most do. Set a second or more.`,
      },
    ];
  return problems;
}

const tooShortNanoseconds = 10_000_000n;
