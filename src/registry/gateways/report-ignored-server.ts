import type { Report } from '../../model/diagnostic.ts';
import { referenceOf } from '../../model/resource.ts';
import type { GatewayServer } from './gateway-server.ts';
import type { ServerConflict } from './port-registry.ts';

/** istiod only logs that it leaves out a server: its author should know. */
export function reportIgnoredServer(report: Report, server: GatewayServer, { owner, reason }: ServerConflict): void {
  const other = referenceOf({ kind: 'Gateway', metadata: owner.metadata });
  report({
    code: 'gateway-conflict',
    severity: 'warning',
    message: `The server is left out: ${reason}. Use another port, other hosts, or a bind address of its own.`,
    resource: referenceOf({ kind: 'Gateway', metadata: server.metadata }),
    path: `spec.servers[${server.index}]`,
    related: [{ message: `spec.servers[${owner.index}] came first`, resource: other }],
  });
}
