import type { Endpoint, EndpointWorkload } from '../../model/endpoint.ts';
import type { ServicePort } from '../../model/istio/service-entry.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Port, Service } from '../../model/service.ts';
import { hasLabels } from '../labels.ts';
import { compareText } from '../order.ts';
import { describeWorkload } from './describe-workload.ts';
import { convertWorkloadEntry, type MeshIdentity, type Workload } from './workload.ts';

/** One port of one service, and what serves it: an endpoint of each workload, in the order of the workloads. */
export interface ServedPort {
  readonly service: Service;
  readonly port: Port;
  readonly endpoints: readonly Endpoint[];
}

type WorkloadsOfNamespace = (namespace: string) => readonly Workload[];

type Entry = ResourceOf<'ServiceEntry'>;

/**
 * What serves the ports of a service made from an entry: the workloads it selects, else its endpoints, else the host itself
 * where DNS finds it. Source: istio `pilot/pkg/serviceregistry/serviceentry/conversion.go`, services and
 * convertServiceEntryToInstances.
 */
export function listServedPorts(
  service: Service,
  entry: Entry,
  { workloads, mesh }: { readonly workloads: WorkloadsOfNamespace; readonly mesh: MeshIdentity },
): readonly ServedPort[] {
  const { spec, metadata } = entry;
  if (spec.workloadSelector) {
    const selected = selectWorkloads(service, spec.workloadSelector.labels ?? {}, workloads(metadata.namespace));
    return serveEveryPort(selected, service, spec.ports);
  }
  if (!spec.endpoints?.length) return isResolvedByDns(service) ? servedByHost(service, entry, mesh) : nobody;
  const workloadsOfEntry = spec.endpoints.map((endpoint, index) => {
    const { namespace } = metadata;
    const workload = convertWorkloadEntry(endpoint, { namespace, name: `${metadata.name}-${index}` }, mesh);
    return mesh.profile.entriesNameWorkloads ? workload : unnamed(workload);
  });
  return serveEveryPort(workloadsOfEntry, service, spec.ports);
}

const nobody: readonly ServedPort[] = [];

function unnamed(workload: Workload): Workload {
  const nameless = { namespace: '', workloadName: '' };
  const metadata = describeWorkload({ ...workload.facts, ...nameless });
  return { ...workload, facts: { ...workload.facts, ...nameless, metadata } };
}

function isResolvedByDns({ resolution }: Service): boolean {
  return resolution === 'dns' || resolution === 'dns-round-robin';
}

function selectWorkloads(
  service: Service,
  selector: Readonly<Record<string, string>>,
  workloads: readonly Workload[],
): readonly Workload[] {
  const resolvesNames = isResolvedByDns(service);
  return workloads
    .filter(({ facts, needsResolution }) => hasLabels(facts.labels, selector) && (resolvesNames || !needsResolution))
    .toSorted((left, right) => compareText(left.kind, right.kind) || compareText(left.name, right.name));
}

function serveEveryPort(
  workloads: readonly Workload[],
  service: Service,
  ports: readonly ServicePort[] | undefined,
): readonly ServedPort[] {
  if (workloads.length === 0) return nobody;
  return service.ports.map((port, index) => {
    const entryPort = ports?.[index];
    return { service, port, endpoints: entryPort ? workloads.map((workload) => servePort(workload, entryPort)) : [] };
  });
}

/** A socket has no port; else the workload's own port of that name, else the service's target port. */
function servePort(workload: Workload, { name = '', number = 0, targetPort }: ServicePort): Endpoint {
  const { facts, ports, isSocket } = workload;
  const own = Object.hasOwn(ports, name) ? ports[name] : undefined;
  return { workload: facts, portName: name, port: isSocket ? 0 : own || targetPort || number };
}

function servedByHost(
  service: Service,
  { spec, metadata }: Entry,
  { clusterId, profile }: MeshIdentity,
): readonly ServedPort[] {
  const namespace = profile.entriesNameWorkloads ? metadata.namespace : '';
  const workloadName = profile.entriesNameWorkloads ? metadata.name : '';
  const workload: EndpointWorkload = {
    addresses: [service.hostname],
    labels: noLabels,
    locality: '',
    network: '',
    clusterId,
    weight: 0,
    serviceAccount: '',
    tlsMode: 'disabled',
    namespace,
    workloadName,
    metadata: describeWorkload({ workloadName, namespace, labels: noLabels, clusterId }),
    health: 'unknown',
    hostName: '',
    subDomain: '',
    nodeName: '',
  };
  return service.ports.map((port, index) => ({
    service,
    port,
    endpoints: [{ workload, portName: port.name, port: spec.ports?.[index]?.targetPort || port.number }],
  }));
}

const noLabels: EndpointWorkload['labels'] = Object.freeze({});

/**
 * The ports of all entries that claim one host in one namespace. LOGICAL_DNS has room for one endpoint a port:
 * the first wins. Source: istio `pilot/pkg/serviceregistry/serviceentry/conversion.go`, mergeServicesInstancesByNamespaceHost.
 */
export function mergeServedPorts(all: readonly ServedPort[]): readonly ServedPort[] {
  if (!all.some(({ service }) => service.resolution === 'dns-round-robin')) return all;
  const taken = new Set<number>();
  return all.map((served) => {
    const { service, port, endpoints } = served;
    const room = taken.has(port.number) ? 0 : 1;
    if (endpoints.length > 0) taken.add(port.number);
    if (service.resolution !== 'dns-round-robin' || endpoints.length <= room) return served;
    return { service, port, endpoints: endpoints.slice(0, room) };
  });
}
