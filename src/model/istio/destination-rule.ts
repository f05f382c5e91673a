import { clientTLSSettings } from './client-tls.ts';
import { connectionPoolSettings, outlierDetection } from './connection-pool.ts';
import { loadBalancerSettings } from './load-balancer.ts';
import { double, enumeration, type Infer, list, map, message, string, uint32 } from './schema.ts';
import { policyWorkloadSelector } from './selector.ts';
import { portSelector } from './virtual-service-match.ts';

export * from './client-tls.ts';
export * from './connection-pool.ts';
export * from './load-balancer.ts';

export const portTrafficPolicy = message('PortTrafficPolicy', {
  port: portSelector,
  loadBalancer: loadBalancerSettings,
  connectionPool: connectionPoolSettings,
  outlierDetection,
  tls: clientTLSSettings,
});
export interface PortTrafficPolicy extends Infer<typeof portTrafficPolicy> {}

export const tunnelSettings = message('TunnelSettings', {
  protocol: string(),
  targetHost: string(),
  targetPort: uint32(),
});
export interface TunnelSettings extends Infer<typeof tunnelSettings> {}

export const version = enumeration({ V1: 0, V2: 1 });
export type VERSION = Infer<typeof version>;

export const proxyProtocol = message('ProxyProtocol', {
  version,
});
export interface ProxyProtocol extends Infer<typeof proxyProtocol> {}

export const retryBudget = message('RetryBudget', {
  percent: double(),
  minRetryConcurrency: uint32(),
});
export interface RetryBudget extends Infer<typeof retryBudget> {}

export const trafficPolicy = message('TrafficPolicy', {
  loadBalancer: loadBalancerSettings,
  connectionPool: connectionPoolSettings,
  outlierDetection,
  tls: clientTLSSettings,
  portLevelSettings: list(portTrafficPolicy),
  tunnel: tunnelSettings,
  proxyProtocol,
  retryBudget,
});
export interface TrafficPolicy extends Infer<typeof trafficPolicy> {}

export const subset = message('Subset', {
  name: string(),
  labels: map(string()),
  trafficPolicy,
});
export interface Subset extends Infer<typeof subset> {}

export const destinationRule = message('DestinationRule', {
  host: string(),
  trafficPolicy,
  subsets: list(subset),
  exportTo: list(string()),
  workloadSelector: policyWorkloadSelector,
});
export interface DestinationRule extends Infer<typeof destinationRule> {}
