import type { Report } from '../../model/diagnostic.ts';
import type { Server } from '../../model/istio/gateway.ts';
import { type Metadata, referenceOf } from '../../model/resource.ts';

/**
 * Where a server's hosts begin to name namespaces, the host for everything replaces the list that istiod is still walking
 * through: a later `./host` or one with an asterisk is written beyond its end.
 * Source: istio `pilot/pkg/model/gateway.go`, sanitizeServerHostNamespace.
 */
export function reportCrash(
  report: Report,
  { hosts = [] }: Server,
  place: { metadata: Metadata; index: number },
): void {
  const all = hosts.indexOf('*/*');
  const later = hosts.findIndex((host, index) => index > all && /^(?:\.|\*)\//.test(host) && host !== '*/*');
  if (all === -1 || later === -1) return;
  report({
    code: 'istiod-crash',
    severity: 'error',
    message: `istiod crashes on host "${hosts[later]}" after "*/*" in one server: no proxy that the Gateway selects gets any configuration. "*/*" stands for all hosts; remove the others.`,
    resource: referenceOf({ kind: 'Gateway', metadata: place.metadata }),
    path: `spec.servers[${place.index}].hosts[${later}]`,
  });
}
