import { diff } from '../../diff/diff.ts';
import type { Difference } from '../../diff/difference.ts';
import type { Resource } from '../../model/resource.ts';
import type { IstioVersion } from '../../model/scenario.ts';
import type { ServiceOrigin } from '../../model/service.ts';
import { parseResourceName } from '../../xds/resource-name.ts';
import { joinWords } from '../applied-policy.ts';
import type { Look } from '../look.ts';
import type { Finding, Rule } from '../rule.ts';

export const versionDifference: Rule = {
  code: 'version-difference',
  severity: 'info',
  documentation:
    'Istio 1.29, 1.30 and 1.31 send proxies different clusters, endpoints or DNS names for the resource. During an upgrade proxies of both control planes run side by side. What changes for every service alike (the workload’s name in an endpoint’s metadata since 1.30, the panic threshold since 1.31) is not reported.',
  // Not every proxy is compared: whom it holds for is not said.
  inMesh: ({ looks }) => looks.flatMap((look) => look.otherVersions.flatMap((other) => compare(look, other))),
};

function compare(look: Look, other: Look): readonly Finding[] {
  const versions = { ours: look.mesh.profile.version, theirs: other.mesh.profile.version };
  return [...groupByHost(diff(other.snapshot, look.snapshot))].flatMap(([host, differences]) => {
    const service = look.view.serviceFor(host) ?? other.view.serviceFor(host);
    const message = describe(host, differences, versions);
    if (!service || message === undefined) return [];
    return [{ resource: originIn(look, service.origin), path: 'spec', message }];
  });
}

/** The other version read the manifests by itself: its resources are others with the same names. */
function originIn({ mesh }: Look, { kind, metadata }: ServiceOrigin): Pick<Resource, 'kind' | 'metadata'> {
  const same = mesh.resources[kind].find(
    (one) => one.metadata.name === metadata.name && one.metadata.namespace === metadata.namespace,
  );
  return same ?? { kind, metadata };
}

function groupByHost(differences: readonly Difference[]): ReadonlyMap<string, readonly Difference[]> {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    const { section, name } = difference;
    const target = section === 'names' ? undefined : parseResourceName(name);
    const host = section === 'names' ? name : target?.direction === 'outbound' ? target.hostname : undefined;
    if (host === undefined || section === 'listeners' || section === 'routes') continue;
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
