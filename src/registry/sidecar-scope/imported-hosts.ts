import { groupBy } from '../../model/group-by.ts';
import { hostnameIsSubsetOf, hostnamesMatch, isWildcard } from '../../model/hostname.ts';
import type { Profile } from '../../profiles/profile.ts';

/** What the hosts of an egress listener import of one namespace, or of all. */
export interface ImportedHosts {
  /** Whether a service of the namespace is imported: its host must lie within one that is. */
  covers(host: string): boolean;
  /** Whether a VirtualService is imported for one of its hosts: it is enough that the two overlap. */
  overlaps(host: string): boolean;
}

export interface EgressHosts {
  /** Whether every host of every namespace is imported, as it is without a Sidecar. */
  readonly importsEverything: boolean;
  /** What is imported of a namespace: by its name first, then of all namespaces. */
  importedFrom(namespace: string): readonly ImportedHosts[];
  excludes(namespace: string, host: string): boolean;
  /** Every host that is imported, where all of them are exact and name their namespace. */
  readonly exact: readonly { readonly namespace: string; readonly host: string }[] | undefined;
}

interface Entry {
  readonly namespace: string;
  readonly host: string;
  readonly isExcluded: boolean;
}

/**
 * Reads `namespace/host`: `.` is the Sidecar's own namespace, `*` any, and `*` as the host every one; with `~` in front it
 * is left out. Entries of another form are ignored. Source: istio `pilot/pkg/model/sidecar.go`, hostClassification.
 */
export function readEgressHosts(hosts: readonly string[], ownNamespace: string, profile: Profile): EgressHosts {
  const entries = hosts.flatMap((text): readonly Entry[] => {
    const [scope = '', host, ...more] = text.split('/');
    if (host === undefined || more.length > 0) return [];
    const isExcluded = scope.startsWith('~') && profile.sidecarsExcludeHosts;
    const namespace = isExcluded ? scope.slice(1) || '*' : scope;
    return [{ namespace: namespace === '.' ? ownNamespace : namespace, host, isExcluded }];
  });
  const imports = entries.filter(({ isExcluded }) => !isExcluded);
  const isEverything = ({ namespace, host }: Entry): boolean => namespace === '*' && host === '*';
  const importedFrom = classify(imports);
  const excludedFrom = classify(entries.filter(({ isExcluded }) => isExcluded));
  return {
    importsEverything: imports.length > 0 && entries.every((entry) => !entry.isExcluded && isEverything(entry)),
    importedFrom,
    excludes: (namespace, host) => excludedFrom(namespace).some((scope) => scope.covers(host)),
    exact: imports.every(({ namespace, host }) => namespace !== '*' && !isWildcard(host)) ? imports : undefined,
  };
}

export function namesOwnNamespace(text: string): boolean {
  return text.startsWith('./') || text.startsWith('~./');
}

/** What is said of a namespace by its name and, behind it, of all. */
function classify(entries: readonly Entry[]): (namespace: string) => readonly ImportedHosts[] {
  const byNamespace = groupBy(entries, ({ namespace }) => namespace);
  const scopes = [...byNamespace].map(([namespace, group]) => ({
    namespace,
    imported: classifyHosts(group.map(({ host }) => host)),
  }));
  const ofAll = scopes.filter(({ namespace }) => namespace === '*').map(({ imported }) => imported);
  const ofNamed = new Map(scopes.map(({ namespace, imported }) => [namespace, [imported, ...ofAll]]));
  return (namespace) => ofNamed.get(namespace) ?? ofAll;
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
