import type { ConnectionPoolSettings, HTTPSettings, TCPSettings } from '../../model/istio/destination-rule.ts';
import type { Field } from '../field.ts';
import { durationProblem, isShorterThanAMillisecond } from '../values/duration-problem.ts';

/** Also used for the inbound connection pools of a Sidecar. istiod never warns here. */
export function validateConnectionPool(pool: ConnectionPoolSettings | undefined, field: Field): void {
  if (pool === undefined) return;
  if (pool.http === undefined && pool.tcp === undefined) {
    field.refuse('The connection pool is empty; set http or tcp, or remove it.');
  }
  if (pool.http !== undefined) validateHttpSettings(pool.http, field.at('http'));
  if (pool.tcp !== undefined) validateTcpSettings(pool.tcp, field.at('tcp'));
}

const httpLimits = [
  'http1MaxPendingRequests',
  'http2MaxRequests',
  'maxRequestsPerConnection',
  'maxRetries',
  'maxConcurrentStreams',
] as const;

function validateHttpSettings(http: HTTPSettings, field: Field): void {
  for (const limit of httpLimits) field.at(limit).refuseIf(negativeProblem(http[limit]));
  field.at('idleTimeout').refuseIf(durationProblem(http.idleTimeout));
  if (http.h2UpgradePolicy === 'UPGRADE' && http.useClientProtocol === true) {
    field
      .at('useClientProtocol')
      .refuse('useClientProtocol and h2UpgradePolicy UPGRADE exclude each other; remove one.');
  }
}

function validateTcpSettings(tcp: TCPSettings, field: Field): void {
  field.at('maxConnections').refuseIf(negativeProblem(tcp.maxConnections));
  field.at('connectTimeout').refuseIf(durationProblem(tcp.connectTimeout));
  field.at('maxConnectionDuration').refuseIf(durationProblem(tcp.maxConnectionDuration));
  // Zero is a value of its own here: it switches the timeout off.
  if (tcp.idleTimeout !== undefined && !isShorterThanAMillisecond(tcp.idleTimeout)) {
    field.at('idleTimeout').refuseIf(durationProblem(tcp.idleTimeout));
  }
  const keepalive = field.at('tcpKeepalive');
  keepalive.at('time').refuseIf(durationProblem(tcp.tcpKeepalive?.time));
  keepalive.at('interval').refuseIf(durationProblem(tcp.tcpKeepalive?.interval));
}

function negativeProblem(limit: number | undefined): string | undefined {
  return (limit ?? 0) < 0 ? `${limit} is negative; set a number of at least 0.` : undefined;
}
