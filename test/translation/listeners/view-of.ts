import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { DestinationRule } from '../../../src/model/istio/destination-rule.ts';
import type { MeshConfig } from '../../../src/model/istio/mesh-config.ts';
import type { PeerAuthentication } from '../../../src/model/istio/peer-authentication.ts';
import type { Sidecar } from '../../../src/model/istio/sidecar.ts';
import type { Telemetry } from '../../../src/model/istio/telemetry.ts';
import type { VirtualService } from '../../../src/model/istio/virtual-service.ts';
import { forgetful } from '../../../src/model/memory.ts';
import { parseProtocol } from '../../../src/model/protocol.ts';
import type { Proxy } from '../../../src/model/proxy.ts';
import type { Metadata, ResourceOf } from '../../../src/model/resource.ts';
import type { Service } from '../../../src/model/service.ts';
import { selectProfile } from '../../../src/profiles/profile.ts';
import { readFeatures } from '../../../src/registry/features.ts';
import type { EgressListener, KnownHost, ProxyView } from '../../../src/registry/proxy-view.ts';

export const metadataOf = (name: string, namespace = 'default'): Metadata => ({
  name,
  namespace,
  labels: {},
  annotations: {},
  creationTime: 0,
});

const source = { file: 'input.yaml', text: '', firstLine: 1, path: [] };

/** A service as a ServiceEntry makes it; ports are written `443/TLS`, without a protocol `9000`. */
export function serviceOf(hostname: string, ports: readonly string[], more: Partial<Service> = {}): Service {
  const origin = { kind: 'ServiceEntry', apiVersion: 'networking.istio.io/v1', spec: {}, status: {}, source } as const;
  return {
    hostname,
    namespace: 'default',
    name: hostname,
    registry: 'External',
    origin: { ...origin, metadata: metadataOf(hostname.split('.')[0] ?? '') } as ResourceOf<'ServiceEntry'>,
    ports: ports.map((text, index) => {
      const [number, protocol = ''] = text.split('/');
      return { name: `port-${index}`, number: Number(number), protocol: parseProtocol(protocol) };
    }),
    resolution: 'dns',
    meshExternal: true,
    defaultAddress: '0.0.0.0',
    addresses: [],
    allocatedAddresses: [],
    visibility: { to: 'all' },
    labels: {},
    selector: {},
    subjectAltNames: [],
    creationTime: 0,
    aliases: [],
    ...more,
  } as Service;
}

export interface ViewParts {
  readonly services?: readonly Service[];
  readonly egress?: readonly EgressListener[];
  readonly virtualServices?: readonly VirtualService[];
  readonly rules?: Readonly<Record<string, DestinationRule>>;
  readonly mesh?: MeshConfig;
  readonly proxy?: Partial<Proxy>;
  readonly sidecar?: Sidecar;
  readonly targets?: ProxyView['targets'];
  readonly policies?: readonly PeerAuthentication[];
  readonly telemetries?: readonly (readonly [namespace: string, spec: Telemetry])[];
  readonly endpoints?: Readonly<Record<string, readonly (readonly string[])[]>>;
}

/** A proxy that sees exactly these parts, and what was reported about them. */
export function viewOf(parts: ViewParts): { readonly view: ProxyView; readonly diagnostics: readonly Diagnostic[] } {
  const { services = [], virtualServices = [], rules = {}, endpoints = {} } = parts;
  const diagnostics: Diagnostic[] = [];
  const selected = virtualServices.map((spec, index) => ({ metadata: metadataOf(`routes-${index}`), spec }));
  const resource = (kind: string, spec: object, index: number, namespace: string) => ({
    kind,
    apiVersion: '',
    metadata: metadataOf(`${kind}-${index}`, namespace),
    spec,
    status: {},
    source,
  });
  const configuration: MeshConfig = {
    trustDomain: 'cluster.local',
    defaultProviders: { metrics: ['prometheus'] },
    extensionProviders: [{ name: 'prometheus', prometheus: {} }],
    ...parts.mesh,
  };
  const knownByName = new Map<string, Omit<KnownHost, 'inboundRule'>>();
  for (const service of services) {
    const spec = rules[service.hostname];
    const outboundRule = spec && { metadata: metadataOf('rule'), spec, from: [] };
    if (!knownByName.has(service.hostname)) knownByName.set(service.hostname, { service, outboundRule });
  }
  const view = {
    mesh: {
      configuration,
      defaultProxyConfig: configuration.defaultConfig ?? {},
      rootNamespace: 'istio-system',
      trustDomain: 'cluster.local',
      trustDomainAliases: [],
      features: readFeatures({}),
      profile: selectProfile('1.30'),
      resources: {
        PeerAuthentication: (parts.policies ?? []).map((spec, index) => resource('pa', spec, index, 'default')),
        Telemetry: (parts.telemetries ?? []).map(([namespace, spec], index) => resource('t', spec, index, namespace)),
      },
      services,
      servicesByHostname: new Map(services.map((service) => [service.hostname, [service]])),
      endpointsOf: (service: Service) =>
        (endpoints[service.hostname] ?? []).map((addresses) => ({ workload: { addresses } })),
      targetsOf: () => parts.targets ?? [],
      allocatedAddresses: {},
      report: (diagnostic: Diagnostic) => void diagnostics.push(diagnostic),
    },
    proxy: {
      type: 'sidecar',
      name: 'client',
      namespace: 'default',
      ips: ['10.10.0.1'],
      ipMode: 'IPv4',
      labels: {},
      locality: { region: '', zone: '', subZone: '' },
      network: '',
      clusterId: 'Kubernetes',
      serviceAccount: '',
      dnsDomain: 'default.svc.cluster.local',
      istioVersion: [1, 30, 3],
      interceptionMode: 'REDIRECT',
      dnsCapture: false,
      dnsAutoAllocate: false,
      http10: false,
      metadata: { MESH_ID: 'cluster.local' },
      ...parts.proxy,
    },
    ...(parts.sidecar && { sidecar: resource('Sidecar', parts.sidecar, 0, 'default') }),
    outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
    egressListeners: parts.egress ?? [{ services, virtualServices: selected }],
    services,
    knownByName,
    serviceFor: (hostname: string) => knownByName.get(hostname)?.service,
    destinationRuleFor: ({ hostname }: Service) => knownByName.get(hostname)?.outboundRule,
    inboundDestinationRuleFor: () => undefined,
    targets: parts.targets ?? [],
    memory: forgetful((diagnostic) => diagnostics.push(diagnostic)),
  } as unknown as ProxyView;
  return { view, diagnostics };
}
