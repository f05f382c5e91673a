import type { EndpointWorkload } from '../../model/endpoint.ts';
import { isIpAddress } from '../../model/ip-address.ts';
import type { WorkloadEntry } from '../../model/istio/workload-entry.ts';
import { parseLocality } from '../../model/locality.ts';
import type { Metadata } from '../../model/resource.ts';
import type { Labels } from '../labels.ts';
import type { MeshSettings } from '../mesh.ts';
import { spiffeIdentity } from '../spiffe.ts';
import { augmentLabels, localityOfLabels } from '../topology-labels.ts';
import { describeWorkload } from './describe-workload.ts';

/** A workload that may serve ports of services. Source: istio `pilot/pkg/model/service.go`, WorkloadInstance. */
export interface Workload {
  readonly kind: 'Pod' | 'WorkloadEntry';
  readonly namespace: string;
  readonly name: string;
  /** What its endpoints, which differ in their ports only, tell of it. */
  readonly facts: EndpointWorkload;
  /** Port numbers by name. */
  readonly ports: Readonly<Record<string, number>>;
  /** Has a host name or a Unix socket for an address, which Kubernetes services and STATIC entries cannot use. */
  readonly needsResolution: boolean;
  /** A Unix socket has no port. */
  readonly isSocket: boolean;
}

/** What identities and labels of workloads depend on. */
export type MeshIdentity = Pick<MeshSettings, 'clusterId' | 'trustDomain' | 'profile'>;

const unixPrefix = 'unix://';
const noLabels: Labels = {};

/**
 * Makes a workload of a WorkloadEntry or of an endpoint written into a ServiceEntry.
 * Source: istio `pilot/pkg/serviceregistry/serviceentry/conversion.go`, convertWorkloadEntryToWorkloadInstance.
 */
export function convertWorkloadEntry(
  entry: WorkloadEntry,
  metadata: Pick<Metadata, 'namespace' | 'name'> & { readonly annotations?: Labels; readonly labels?: Labels },
  { trustDomain, clusterId }: MeshIdentity,
): Workload {
  const { namespace, name } = metadata;
  const { address = '', ports = {}, network = '', weight = 0, serviceAccount = '' } = entry;
  const { labels: ofEntry = noLabels } = entry;
  const ownLabels = metadata.labels ? { ...ofEntry, ...metadata.labels } : ofEntry;
  const locality = entry.locality || localityOfLabels(ownLabels);
  const labels = augmentLabels(ownLabels, {
    locality: parseLocality(locality),
    clusterId,
    network: network || (ownLabels['topology.istio.io/network'] ?? ''),
  });
  const workloadName =
    metadata.annotations?.['istio.io/autoRegistrationGroup'] ??
    metadata.labels?.['service.istio.io/workload-name'] ??
    name;
  const tlsMode = ownLabels['security.istio.io/tlsMode'] ?? (serviceAccount === '' ? 'disabled' : 'istio');
  const isSocket = address.startsWith(unixPrefix);
  return {
    kind: 'WorkloadEntry',
    namespace,
    name,
    facts: {
      addresses: [isSocket ? address.slice(unixPrefix.length) : address],
      labels,
      locality,
      network,
      clusterId,
      weight,
      serviceAccount: serviceAccount === '' ? '' : spiffeIdentity(trustDomain, namespace, serviceAccount),
      tlsMode: tlsMode === 'istio' ? 'istio' : 'disabled',
      namespace,
      workloadName,
      metadata: describeWorkload({ workloadName, namespace, labels, clusterId }),
      health: 'unknown',
      hostName: '',
      subDomain: '',
      nodeName: '',
    },
    ports,
    needsResolution: isSocket || (address !== '' && !isIpAddress(address)),
    isSocket,
  };
}
