import { parseProtocol } from '../../model/protocol.ts';
import { isDnsLabel } from './dns-label.ts';

const highestPort = 65535;

export function portNumberProblem(number: number | undefined): string | undefined {
  const port = number ?? 0;
  if (port >= 1 && port <= highestPort) return undefined;
  return `Port number ${port} is not between 1 and ${highestPort}.`;
}

export function portNameProblem(name: string | undefined): string | undefined {
  if (isDnsLabel(name ?? '')) return undefined;
  if (name === undefined || name === '') return 'Give the port a name.';
  return `Port name "${name}" may only consist of letters, digits and inner dashes, at most 63.`;
}

/** An absent protocol is fine: Envoy then detects HTTP by itself. */
export function protocolProblem(protocol: string | undefined): string | undefined {
  if (protocol === undefined || protocol === '' || parseProtocol(protocol) !== 'Unsupported') return undefined;
  return `Protocol "${protocol}" is unknown; use HTTP, HTTP2, GRPC, GRPC-Web, HTTPS, TLS, TCP, MONGO, REDIS, MYSQL or UDP, or leave it out.`;
}
