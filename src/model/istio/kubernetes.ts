import { bool, type Infer, int32, intOrString, json, list, map, message, string, struct, timestamp } from './schema.ts';

/** What every resource has beside its body. */
export const objectMetadata = message(
  'ObjectMeta',
  {
    name: string(),
    namespace: string(),
    labels: map(string()),
    annotations: map(string()),
    creationTimestamp: timestamp(),
  },
  { open: true },
);
export interface ObjectMetadata extends Infer<typeof objectMetadata> {}

/** A port of a core Service. */
export const kubernetesServicePort = message('ServicePort', {
  name: string(),
  protocol: string(),
  appProtocol: string(),
  port: int32(),
  targetPort: intOrString(),
  nodePort: int32(),
});
export interface KubernetesServicePort extends Infer<typeof kubernetesServicePort> {}

export const kubernetesService = message('ServiceSpec', {
  ports: list(kubernetesServicePort),
  selector: map(string()),
  clusterIP: string(),
  clusterIPs: list(string()),
  type: string(),
  externalIPs: list(string()),
  sessionAffinity: string(),
  loadBalancerIP: string(),
  loadBalancerSourceRanges: list(string()),
  externalName: string(),
  externalTrafficPolicy: string(),
  healthCheckNodePort: int32(),
  publishNotReadyAddresses: bool(),
  sessionAffinityConfig: struct(),
  ipFamilies: list(string()),
  ipFamilyPolicy: string(),
  allocateLoadBalancerNodePorts: bool(),
  loadBalancerClass: string(),
  internalTrafficPolicy: string(),
  trafficDistribution: string(),
});
export interface KubernetesService extends Infer<typeof kubernetesService> {}

export const loadBalancerIngress = message('LoadBalancerIngress', {
  ip: string(),
  hostname: string(),
  ipMode: string(),
  ports: list(struct()),
});
export const kubernetesServiceStatus = message('ServiceStatus', {
  loadBalancer: message('LoadBalancerStatus', { ingress: list(loadBalancerIngress) }),
  conditions: list(struct()),
});
export interface KubernetesServiceStatus extends Infer<typeof kubernetesServiceStatus> {}

export const objectReference = message('ObjectReference', {
  kind: string(),
  namespace: string(),
  name: string(),
  uid: string(),
  apiVersion: string(),
  resourceVersion: string(),
  fieldPath: string(),
});
export interface ObjectReference extends Infer<typeof objectReference> {}

export const endpointConditions = message('EndpointConditions', {
  ready: bool(),
  serving: bool(),
  terminating: bool(),
});
export interface EndpointConditions extends Infer<typeof endpointConditions> {}

export const sliceEndpoint = message('Endpoint', {
  addresses: list(string()),
  conditions: endpointConditions,
  hostname: string(),
  targetRef: objectReference,
  deprecatedTopology: map(string()),
  nodeName: string(),
  zone: string(),
  hints: struct(),
});
export interface SliceEndpoint extends Infer<typeof sliceEndpoint> {}

export const slicePort = message('EndpointPort', {
  name: string(),
  protocol: string(),
  port: int32(),
  appProtocol: string(),
});
export interface SlicePort extends Infer<typeof slicePort> {}

/** Has no `spec`: these fields stand beside `metadata`. */
export const endpointSlice = message('EndpointSlice', {
  addressType: string(),
  endpoints: list(sliceEndpoint),
  ports: list(slicePort),
});
export interface EndpointSlice extends Infer<typeof endpointSlice> {}

export const containerPort = message('ContainerPort', {
  name: string(),
  hostPort: int32(),
  containerPort: int32(),
  protocol: string(),
  hostIP: string(),
});
export interface ContainerPort extends Infer<typeof containerPort> {}

export const container = message(
  'Container',
  { name: string(), image: string(), ports: list(containerPort) },
  { open: true },
);
export interface Container extends Infer<typeof container> {}

export const pod = message(
  'PodSpec',
  {
    containers: list(container),
    initContainers: list(container),
    serviceAccountName: string(),
    serviceAccount: string(),
    nodeName: string(),
    hostNetwork: bool(),
    hostname: string(),
    subdomain: string(),
  },
  { open: true },
);
export interface Pod extends Infer<typeof pod> {}

export const podCondition = message('PodCondition', { type: string(), status: string() }, { open: true });
export const podStatus = message(
  'PodStatus',
  {
    phase: string(),
    conditions: list(podCondition),
    hostIP: string(),
    podIP: string(),
    podIPs: list(message('PodIP', { ip: string() })),
  },
  { open: true },
);
export interface PodStatus extends Infer<typeof podStatus> {}

export const nodeStatus = message(
  'NodeStatus',
  { addresses: list(message('NodeAddress', { type: string(), address: string() })) },
  { open: true },
);
export interface NodeStatus extends Infer<typeof nodeStatus> {}

/** What is read of a resource whose fields say nothing to a proxy. */
export const openObject = message('Object', {}, { open: true });
export interface OpenObject extends Infer<typeof openObject> {}

/** gateway.networking.k8s.io; a waypoint is one of these. */
export const kubernetesGatewayListener = message('Listener', {
  name: string(),
  hostname: string(),
  port: int32(),
  protocol: string(),
  tls: struct(),
  allowedRoutes: struct(),
});
export interface KubernetesGatewayListener extends Infer<typeof kubernetesGatewayListener> {}

export const kubernetesGateway = message('GatewaySpec', {
  gatewayClassName: string(),
  listeners: list(kubernetesGatewayListener),
  addresses: list(message('GatewayAddress', { type: string(), value: string() })),
  infrastructure: struct(),
  allowedListeners: struct(),
  tls: struct(),
  defaultScope: json(),
});
export interface KubernetesGateway extends Infer<typeof kubernetesGateway> {}

export const kubernetesGatewayStatus = message(
  'GatewayStatus',
  { addresses: list(message('GatewayStatusAddress', { type: string(), value: string() })) },
  { open: true },
);
export interface KubernetesGatewayStatus extends Infer<typeof kubernetesGatewayStatus> {}
