import { groupBy } from '../../model/group-by.ts';
import { hostnameIsSubsetOf, hostnamesMatch, isWildcard } from '../../model/hostname.ts';

/** The hosts that an egress listener imports from one namespace, or from all. */
export interface ImportedHosts {
  /** Whether a service of the namespace is imported: its host must lie within one that is. */
  covers(host: string): boolean;
  /** Whether a VirtualService is imported for one of its hosts: it is enough that the two overlap. */
  overlaps(host: string): boolean;
}

/**
 * Reads `namespace/host`, by namespace: `.` is the Sidecar's own, `*` any, and `*` as the host every one. Entries of
 * another form are ignored. Source: istio `pilot/pkg/model/sidecar.go`, hostClassification.
 */
export function readImportedHosts(hosts: readonly string[], ownNamespace: string): ReadonlyMap<string, ImportedHosts> {
  const entries = hosts.map((entry) => entry.split('/')).filter(({ length }) => length === 2);
  const byNamespace = groupBy(entries, ([namespace = '']) => (namespace === '.' ? ownNamespace : namespace));
  return new Map(
    [...byNamespace].map(([namespace, imported]) => [namespace, classifyHosts(imported.map(([, host = '']) => host))]),
  );
}

/** Exact names are looked up; only wildcards are compared one by one. */
function classifyHosts(hosts: readonly string[]): ImportedHosts {
  const exact = new Set(hosts.filter((host) => !isWildcard(host)));
  const wildcards = hosts.filter(isWildcard);
  return {
    covers: (host) => exact.has(host) || wildcards.some((imported) => hostnameIsSubsetOf(host, imported)),
    overlaps: (host) =>
      exact.has(host) ||
      wildcards.some((imported) => hostnamesMatch(host, imported)) ||
      (isWildcard(host) && [...exact].some((imported) => hostnamesMatch(host, imported))),
  };
}
