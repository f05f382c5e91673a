import type { Endpoint } from '../../model/endpoint.ts';
import type { ServicePort } from '../../model/istio/service-entry.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Port, Service } from '../../model/service.ts';
import { hasLabels } from '../labels.ts';
import { compareText } from '../order.ts';
import { describeWorkload } from './describe-workload.ts';
import { convertWorkloadEntry, type MeshIdentity, unixPrefix, type Workload } from './workload.ts';

/** One workload as one port of one service. */
export interface Instance {
  readonly service: Service;
  readonly port: Port;
  readonly endpoint: Endpoint;
}

export type WorkloadsOfNamespace = (namespace: string) => readonly Workload[];

type Entry = ResourceOf<'ServiceEntry'>;

/**
 * The instances of a service made from an entry: the workloads it selects, else its endpoints, else the host itself
 * where DNS finds it. Source: istio `pilot/pkg/serviceregistry/serviceentry/conversion.go`, services and
 * convertServiceEntryToInstances.
 */
export function listServiceEntryInstances(
  service: Service,
  entry: Entry,
  { workloads, mesh }: { readonly workloads: WorkloadsOfNamespace; readonly mesh: MeshIdentity },
): readonly Instance[] {
  const { spec, metadata } = entry;
  if (spec.workloadSelector) {
    const selected = selectWorkloads(service, spec.workloadSelector.labels ?? {}, workloads(metadata.namespace));
    return serveEveryPort(selected, service, spec.ports ?? []);
  }
  if (!spec.endpoints?.length) return isResolvedByDns(service) ? hostInstances(service, entry, mesh) : [];
  const workloadsOfEntry = spec.endpoints.map((endpoint, index) => {
    const { namespace } = metadata;
    const workload = convertWorkloadEntry(endpoint, { namespace, name: `${metadata.name}-${index}` }, mesh);
    return mesh.profile.entriesNameWorkloads ? workload : unnamed(workload);
  });
  return serveEveryPort(workloadsOfEntry, service, spec.ports ?? []);
}

function unnamed(workload: Workload): Workload {
  const nobody = { namespace: '', workloadName: '' };
  const description = describeWorkload({ ...workload.endpoint, ...nobody });
  return { ...workload, endpoint: { ...workload.endpoint, ...nobody, description } };
}

export function isResolvedByDns({ resolution }: Service): boolean {
  return resolution === 'dns' || resolution === 'dns-round-robin';
}

function selectWorkloads(
  service: Service,
  selector: Readonly<Record<string, string>>,
  workloads: readonly Workload[],
): readonly Workload[] {
  const resolvesNames = isResolvedByDns(service);
  return workloads
    .filter(
      ({ endpoint, needsResolution }) => hasLabels(endpoint.labels, selector) && (resolvesNames || !needsResolution),
    )
    .toSorted((left, right) => compareText(left.kind, right.kind) || compareText(left.name, right.name));
}

function serveEveryPort(
  workloads: readonly Workload[],
  service: Service,
  ports: readonly ServicePort[],
): readonly Instance[] {
  const instances: Instance[] = [];
  for (const workload of workloads) {
    for (const [index, port] of service.ports.entries()) {
      const entryPort = ports[index];
      if (entryPort) instances.push({ service, port, endpoint: servePort(workload, entryPort) });
    }
  }
  return instances;
}

/** A socket has no port; else the workload's own port of that name, else the service's target port. */
function servePort({ endpoint, ports }: Workload, { name = '', number = 0, targetPort }: ServicePort): Endpoint {
  const [address = ''] = endpoint.addresses;
  if (endpoint.addresses.length === 1 && address.startsWith(unixPrefix)) {
    return { ...endpoint, addresses: [address.slice(unixPrefix.length)], portName: name, port: 0 };
  }
  const own = Object.hasOwn(ports, name) ? ports[name] : undefined;
  return { ...endpoint, portName: name, port: own || targetPort || number };
}

function hostInstances(
  service: Service,
  { spec, metadata }: Entry,
  { clusterId, profile }: MeshIdentity,
): readonly Instance[] {
  const addresses = [service.hostname];
  const namespace = profile.entriesNameWorkloads ? metadata.namespace : '';
  const workloadName = profile.entriesNameWorkloads ? metadata.name : '';
  const description = describeWorkload({ workloadName, namespace, labels: noLabels, clusterId });
  return service.ports.map((port, index) => ({
    service,
    port,
    endpoint: {
      addresses,
      portName: port.name,
      port: spec.ports?.[index]?.targetPort || port.number,
      labels: noLabels,
      locality: '',
      network: '',
      clusterId,
      weight: 0,
      serviceAccount: '',
      tlsMode: 'disabled',
      namespace,
      workloadName,
      description,
      health: 'unknown',
      hostName: '',
      subDomain: '',
      nodeName: '',
    },
  }));
}

const noLabels: Endpoint['labels'] = Object.freeze({});

/**
 * The instances of all entries that claim one host in one namespace. LOGICAL_DNS has room for one endpoint a port:
 * the first wins. Source: istio `pilot/pkg/serviceregistry/serviceentry/conversion.go`, mergeServicesInstancesByNamespaceHost.
 */
export function mergeInstances(all: readonly Instance[]): readonly Instance[] {
  if (!all.some(({ service }) => service.resolution === 'dns-round-robin')) return all;
  const taken = new Set<number>();
  return all.filter(({ service, port }) => {
    const isFirst = !taken.has(port.number);
    taken.add(port.number);
    return isFirst || service.resolution !== 'dns-round-robin';
  });
}
