import { diff } from '../../diff/diff.ts';
import type { Difference } from '../../diff/difference.ts';
import { isEqual } from '../../diff/is-equal.ts';
import type { IstioVersion } from '../../model/scenario.ts';
import type { Destinations } from '../../proxies/render-destinations.ts';
import { parseResourceName } from '../../xds/resource-name.ts';
import { joinWords } from '../applied-policy.ts';
import type { Look } from '../look.ts';
import type { OtherLook } from '../other-versions.ts';
import type { Finding, Rule } from '../rule.ts';

export const versionDifference: Rule = {
  code: 'version-difference',
  severity: 'info',
  documentation:
    'Istio 1.29, 1.30 and 1.31 send proxies different clusters, endpoints or DNS names for the resource. During an upgrade proxies of both control planes run side by side. What changes for every service alike (the workload’s name in an endpoint’s metadata since 1.30, the panic threshold since 1.31) is not reported.',
  // Not every proxy is compared: whom it holds for is not said.
  *inMesh({ looks, otherVersions }) {
    for (const { look, other } of otherVersions.comparedWith(looks)) yield* compare(look, other);
  },
};

function compare(look: Look, other: OtherLook): readonly Finding[] {
  const versions = { ours: look.mesh.profile.version, theirs: other.version };
  return [...groupByHost(diffDestinations(other.theirs, other.ours))].flatMap(([host, differences]) => {
    const service = look.view.serviceFor(host) ?? other.view.serviceFor(host);
    const message = describe(host, differences, versions);
    if (!service || message === undefined) return [];
    return [{ resource: service.origin, path: 'spec', message }];
  });
}

/** Most resources differ in nothing, or in what all do: they are not looked into. */
function diffDestinations(theirs: Destinations, ours: Destinations): readonly Difference[] {
  const clusters = differing(theirs.clusters, ours.clusters, ({ name }) => name);
  const endpoints = differing(theirs.endpoints, ours.endpoints, ({ clusterName = '' }) => clusterName);
  const [before, after] = [
    { clusters: clusters.theirs, endpoints: endpoints.theirs, nameTable: theirs.nameTable },
    { clusters: clusters.ours, endpoints: endpoints.ours, nameTable: ours.nameTable },
  ];
  return diff({ ...before, listeners: [], routes: [] }, { ...after, listeners: [], routes: [] });
}

interface Sides<T> {
  readonly theirs: readonly T[];
  readonly ours: readonly T[];
}

function differing<T>(theirs: readonly T[], ours: readonly T[], nameOf: (resource: T) => string): Sides<T> {
  const known = new Map(ours.map((resource) => [nameOf(resource), resource]));
  const same = new Set<string>();
  for (const resource of theirs) {
    const name = nameOf(resource);
    if (isEqual(resource, known.get(name), general)) same.add(name);
  }
  const isOther = (resource: T): boolean => !same.has(nameOf(resource));
  return { theirs: theirs.filter(isOther), ours: ours.filter(isOther) };
}

function groupByHost(differences: readonly Difference[]): ReadonlyMap<string, readonly Difference[]> {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    const { section, name } = difference;
    const target = section === 'names' ? undefined : parseResourceName(name);
    const host = section === 'names' ? name : target?.direction === 'outbound' ? target.hostname : undefined;
    if (host === undefined) continue;
    const group = groups.get(host);
    if (group) group.push(difference);
    else groups.set(host, [difference]);
  }
  return groups;
}

interface Versions {
  readonly ours: IstioVersion;
  readonly theirs: IstioVersion;
}

function describe(host: string, differences: readonly Difference[], { ours, theirs }: Versions): string | undefined {
  const names = (kind: Difference['kind']): readonly string[] =>
    differences.filter((one) => one.kind === kind && one.section === 'clusters').map(({ name }) => name);
  const [added, removed] = [names('added'), names('removed')];
  // Where clusters come or go, endpoints and DNS names go with them.
  const isWhole = added.length + removed.length > 0;
  const fields = isWhole ? [] : [...new Set(differences.flatMap(changedFields))];
  const parts = [
    ...(added.length > 0 ? [`no ${plural('cluster', added)} ${joinWords(added)}`] : []),
    ...(removed.length > 0
      ? [`the ${plural('cluster', removed)} ${joinWords(removed)}, which ${ours} does not send`]
      : []),
    ...(fields.length > 0 ? [`another ${joinWords(fields.slice(0, 4))}`] : []),
  ];
  return parts.length === 0 ? undefined : `For ${host}, Istio ${theirs} sends the proxy ${joinWords(parts)}.`;
}

const plural = (noun: string, { length }: readonly string[]): string => (length === 1 ? noun : `${noun}s`);

/** What every service has another value of is nothing that this resource does. */
const general: ReadonlySet<string> = new Set(['metadata', 'healthyPanicThreshold', 'dnsLookupFamily']);

function changedFields(difference: Difference): readonly string[] {
  if (difference.section === 'names') return ['answer to DNS queries'];
  if (difference.section === 'endpoints' && difference.kind !== 'changed') return ['set of endpoints'];
  if (difference.kind !== 'changed') return [];
  return difference.changes.flatMap(({ path }) => {
    const names = path.slice(2).filter((part) => typeof part === 'string');
    if (names.length === 0 || names.some((name) => general.has(name))) return [];
    return [
      difference.section === 'endpoints' || names[0] === 'loadAssignment' ? 'set of endpoints' : (names[0] ?? ''),
    ];
  });
}
