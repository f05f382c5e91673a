import type { EndpointWorkload } from '../../model/endpoint.ts';
import { parseLocality } from '../../model/locality.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Labels } from '../labels.ts';
import type { MeshSettings } from '../mesh.ts';
import { spiffeIdentity } from '../spiffe.ts';
import { augmentLabels, localityOfLabels } from '../topology-labels.ts';
import { describeWorkload } from './describe-workload.ts';
import type { MeshIdentity, Workload } from './workload.ts';

type Pod = ResourceOf<'Pod'>;

/** The pods of the mesh as istiod finds them. */
export interface Pods {
  find(namespace: string, name: string): Pod | undefined;
  /** Ready pods with that main address. */
  withAddress(address: string): readonly Pod[];
  /** What endpoints of the pod tell; of nobody where there is no pod. */
  describe(pod: Pod | undefined, address: string): EndpointWorkload;
  /** Ready pods as workloads, for ServiceEntries to select. */
  readonly workloads: readonly Workload[];
}

export function indexPods(pods: readonly Pod[], nodes: readonly ResourceOf<'Node'>[], settings: MeshSettings): Pods {
  const byName = new Map<string, Pod>();
  const byAddress = new Map<string, Pod[]>();
  const nodeLabels = new Map(nodes.map(({ metadata }) => [metadata.name, metadata.labels]));
  for (const pod of pods) {
    // istiod does not even watch failed pods.
    if (pod.status.phase === 'Failed') continue;
    byName.set(`${pod.metadata.namespace}/${pod.metadata.name}`, pod);
    if (!isServing(pod)) continue;
    const address = pod.status.podIP ?? '';
    const others = byAddress.get(address);
    if (others) others.push(pod);
    else byAddress.set(address, [pod]);
  }
  const describe: Pods['describe'] = (pod, address) => describePod({ pod, address, nodeLabels, mesh: settings });
  return {
    find: (namespace, name) => byName.get(`${namespace}/${name}`),
    withAddress: (address) => byAddress.get(address) ?? [],
    describe,
    workloads: [...byAddress].flatMap(([address, sharing]) =>
      sharing.map((pod): Workload => {
        const { namespace, name } = pod.metadata;
        const facts = { ...describe(pod, address), health: 'healthy' } as const;
        return { kind: 'Pod', namespace, name, facts, ports: namedPorts(pod), needsResolution: false, isSocket: false };
      }),
    ),
  };
}

/** Source: istio `pilot/pkg/serviceregistry/kube/controller/pod.go`, shouldPodBeInEndpoints and IsPodReady. */
function isServing({ status }: Pod): boolean {
  if (status.phase === 'Succeeded' || !status.podIP) return false;
  return status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
}

interface PodDescription {
  readonly pod: Pod | undefined;
  readonly address: string;
  readonly nodeLabels: ReadonlyMap<string, Labels>;
  readonly mesh: MeshIdentity;
}

/** Source: istio `pilot/pkg/serviceregistry/kube/controller/endpoint_builder.go`, NewEndpointBuilder. */
function describePod({ pod, address, nodeLabels, mesh }: PodDescription): EndpointWorkload {
  const { clusterId, trustDomain } = mesh;
  const ownLabels = pod?.metadata.labels ?? {};
  const { namespace = '', name = '' } = pod?.metadata ?? {};
  const { serviceAccountName = '', nodeName = '', subdomain = '', hostname = '' } = pod?.spec ?? {};
  const locality = pod ? localityOfPod(ownLabels, nodeLabels.get(nodeName)) : '';
  const network = ownLabels['topology.istio.io/network'] ?? '';
  const labels = augmentLabels(ownLabels, { locality: parseLocality(locality), clusterId, network, nodeName });
  const workloadName = ownLabels['service.istio.io/workload-name'] ?? name;
  return {
    addresses: [address],
    labels,
    locality,
    network,
    clusterId,
    weight: 0,
    serviceAccount: pod ? spiffeIdentity(trustDomain, namespace, serviceAccountName) : '',
    tlsMode: tlsModeOf(ownLabels),
    namespace,
    workloadName,
    metadata: describeWorkload({ workloadName, namespace, labels, clusterId }),
    health: 'healthy',
    hostName: subdomain === '' ? '' : hostname || name,
    subDomain: subdomain,
    nodeName,
  };
}

/** The injector labels the pods that have a sidecar. */
function tlsModeOf(labels: Labels): EndpointWorkload['tlsMode'] {
  return labels['security.istio.io/tlsMode'] === 'istio' ? 'istio' : 'disabled';
}

function localityOfPod(labels: Labels, ofNode: Labels | undefined): string {
  const ofLabels = localityOfLabels(labels);
  if (ofLabels !== '' || !ofNode) return ofLabels;
  const region = ofNode['topology.kubernetes.io/region'] || (ofNode['failure-domain.beta.kubernetes.io/region'] ?? '');
  const zone = ofNode['topology.kubernetes.io/zone'] || (ofNode['failure-domain.beta.kubernetes.io/zone'] ?? '');
  const subZone = ofNode['topology.istio.io/subzone'] ?? '';
  return region === '' && zone === '' && subZone === '' ? '' : `${region}/${zone}/${subZone}`;
}

function namedPorts({ spec }: Pod): Readonly<Record<string, number>> {
  const ports = (spec.containers ?? []).flatMap((container) => container.ports ?? []);
  const named = ports.filter(({ name, protocol }) => name && protocol === 'TCP');
  // The first port of a name wins, as in Kubernetes.
  return Object.fromEntries(named.toReversed().map(({ name = '', containerPort = 0 }) => [name, containerPort]));
}
