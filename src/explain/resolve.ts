import { isIpAddress } from '../model/ip-address.ts';
import { oncePer } from '../model/once-per.ts';
import type { NameInfo, Snapshot } from '../xds/snapshot.ts';
import type { Resolution } from './resolution.ts';
import { namesBehindWaypoint } from './waypoint-names.ts';

/**
 * What the application's DNS lookup returns: the virtual address from the DNS proxy where capture is on, the address of
 * a Kubernetes Service from the cluster's own DNS, or "asks upstream". Source: istio `pkg/dns/client/dns.go`.
 *
 * @example
 * resolve(translate(manifests, { proxy: { metadata: { DNS_CAPTURE: 'true' } } }), 'db.example.com');
 * // { answeredBy: 'proxy', addresses: ['240.240.0.1'], … }
 */
export function resolve(
  snapshot: Pick<Snapshot, 'nameTable' | 'proxy'> & Partial<Pick<Snapshot, 'listeners'>>,
  host: string,
): Resolution {
  const asked = host.toLowerCase().replace(/\.$/, '');
  if (isIpAddress(asked))
    return { host, answeredBy: 'nobody', addresses: [asked], reason: 'It is an address; nothing is looked up.' };
  const { proxy, nameTable } = snapshot;
  if (!proxy && namesFor(nameTable.table, undefined).size === 0) {
    const reason = 'The configuration holds no DNS table, so what the name resolves to is not known.';
    return { host, answeredBy: 'upstream', reason };
  }
  const found = lookUp(nameTable.table, asked, proxy?.namespace);
  if (proxy?.type === 'waypoint') return besideWaypoint(snapshot, host, asked);
  if (proxy?.dnsCapture === false) return withoutCapture(host, found);
  if (!found) {
    const reason = `The DNS proxy does not know ${asked}, so the pod’s resolver is asked; its answer is outside of the configuration.`;
    return { host, answeredBy: 'upstream', reason };
  }
  const [name, { ips, registry }] = found;
  const origin = registry === 'Kubernetes' ? 'a Kubernetes Service' : 'a ServiceEntry';
  const reason = `The DNS proxy answers for ${name} of ${origin}: ${ips.join(', ')}.`;
  return { host, answeredBy: 'proxy', addresses: ips, name, reason };
}

/** The clients of a waypoint have no sidecar: the ztunnel of their node answers for every service of the mesh. */
function besideWaypoint(snapshot: Partial<Pick<Snapshot, 'listeners'>>, host: string, asked: string): Resolution {
  const names = namesBehindWaypoint(snapshot);
  const name = [asked, ...wildcardsOf(asked)].find((candidate) => names.has(candidate));
  if (name === undefined) {
    const reason = `${asked} does not belong to this waypoint, so what it resolves to is not known here.`;
    return { host, answeredBy: 'upstream', reason };
  }
  const addresses = names.get(name) ?? [];
  const reason = `The ztunnel of the client’s node answers for ${name}: ${addresses.join(', ')}.`;
  return { host, answeredBy: 'proxy', addresses, name, reason };
}

/** The agent stays silent, so only names of Kubernetes Services have addresses that are known here. */
function withoutCapture(host: string, found: Found | undefined): Resolution {
  if (found?.[1].registry === 'Kubernetes') {
    const [name, { ips }] = found;
    const reason = `DNS capture is off; the cluster’s DNS answers for ${name}: ${ips.join(', ')}.`;
    return { host, answeredBy: 'cluster', addresses: ips, name, reason };
  }
  const more = found ? `, which does not know the ServiceEntry’s address ${found[1].ips.join(', ')}` : '';
  const reason = `DNS capture is off; the pod’s resolver is asked${more}; its answer is outside of the configuration.`;
  return { host, answeredBy: 'upstream', reason };
}

type Found = readonly [name: string, info: NameInfo];

/** The name itself or a short form of it, then its wildcards from the longest to the shortest. */
function lookUp(
  table: Readonly<Record<string, NameInfo>>,
  asked: string,
  namespace: string | undefined,
): Found | undefined {
  const found = namesFor(table, namespace);
  const name = [asked, ...wildcardsOf(asked)].find((candidate) => found.has(candidate));
  return name === undefined ? undefined : found.get(name);
}

type Names = ReadonlyMap<string, Found>;

/** The table by every form of a name that a proxy of the namespace may ask for. */
function namesFor(table: Readonly<Record<string, NameInfo>>, namespace: string | undefined): Names {
  const known = namesByNamespace(table);
  const names = known.get(namespace) ?? indexNames(table, namespace);
  known.set(namespace, names);
  return names;
}

const namesByNamespace = oncePer((_table: Readonly<Record<string, NameInfo>>) => new Map<string | undefined, Names>());

function indexNames(table: Readonly<Record<string, NameInfo>>, namespace: string | undefined): Names {
  const names = new Map<string, Found>();
  for (const entry of Object.entries(table))
    for (const name of namesOf(...entry, namespace)) if (!names.has(name)) names.set(name, entry);
  return names;
}

function wildcardsOf(name: string): readonly string[] {
  const labels = name.split('.');
  return labels.map((_, index) => ['*', ...labels.slice(index + 1)].join('.'));
}

/** Kubernetes names have short forms; the shortest one only for proxies of the same namespace. */
function namesOf(
  name: string,
  { registry, shortname, namespace }: NameInfo,
  own: string | undefined,
): readonly string[] {
  const full = name.toLowerCase();
  if (registry !== 'Kubernetes' || shortname === undefined || namespace === undefined) return [full];
  const short = `${shortname}.${namespace}`;
  return [full, short, `${short}.svc`, ...(own === namespace ? [shortname] : [])];
}
