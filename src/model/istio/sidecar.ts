import { connectionPoolSettings } from './connection-pool.ts';
import { serverTLSSettings } from './gateway.ts';
import { enumeration, type Infer, list, message, string, uint32 } from './schema.ts';
import { destination } from './virtual-service.ts';
import { workloadSelector } from './workload-entry.ts';

export const sidecarPort = message('SidecarPort', {
  number: uint32(),
  protocol: string(),
  name: string(),
  targetPort: uint32(),
});
export interface SidecarPort extends Infer<typeof sidecarPort> {}

export const captureMode = enumeration({ DEFAULT: 0, IPTABLES: 1, NONE: 2 });
export type CaptureMode = Infer<typeof captureMode>;

export const istioIngressListener = message('IstioIngressListener', {
  port: sidecarPort,
  bind: string(),
  captureMode,
  defaultEndpoint: string(),
  tls: serverTLSSettings,
  connectionPool: connectionPoolSettings,
});
export interface IstioIngressListener extends Infer<typeof istioIngressListener> {}

export const istioEgressListener = message('IstioEgressListener', {
  port: sidecarPort,
  bind: string(),
  captureMode,
  hosts: list(string()),
});
export interface IstioEgressListener extends Infer<typeof istioEgressListener> {}

export const outboundTrafficPolicyMode = enumeration({ REGISTRY_ONLY: 0, ALLOW_ANY: 1 });
export type SidecarOutboundTrafficPolicyMode = Infer<typeof outboundTrafficPolicyMode>;

export const outboundTrafficPolicy = message('OutboundTrafficPolicy', {
  mode: outboundTrafficPolicyMode,
  egressProxy: destination,
});
export interface OutboundTrafficPolicy extends Infer<typeof outboundTrafficPolicy> {}

export const sidecar = message('Sidecar', {
  workloadSelector,
  ingress: list(istioIngressListener),
  egress: list(istioEgressListener),
  inboundConnectionPool: connectionPoolSettings,
  outboundTrafficPolicy,
});
export interface Sidecar extends Infer<typeof sidecar> {}
