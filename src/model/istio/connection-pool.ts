import { bool, duration, enumeration, type Infer, int32, message, uint32 } from './schema.ts';

export const tcpKeepalive = message('TcpKeepalive', {
  probes: uint32(),
  time: duration(),
  interval: duration(),
});
export interface TcpKeepalive extends Infer<typeof tcpKeepalive> {}

export const tcpSettings = message('TCPSettings', {
  maxConnections: int32(),
  connectTimeout: duration(),
  tcpKeepalive,
  maxConnectionDuration: duration(),
  idleTimeout: duration(),
});
export interface TCPSettings extends Infer<typeof tcpSettings> {}

export const h2UpgradePolicy = enumeration({ DEFAULT: 0, DO_NOT_UPGRADE: 1, UPGRADE: 2 });
export type H2UpgradePolicy = Infer<typeof h2UpgradePolicy>;

export const httpSettings = message('HTTPSettings', {
  http1MaxPendingRequests: int32(),
  http2MaxRequests: int32(),
  maxRequestsPerConnection: int32(),
  maxRetries: int32(),
  idleTimeout: duration(),
  h2UpgradePolicy,
  useClientProtocol: bool(),
  maxConcurrentStreams: int32(),
});
export interface HTTPSettings extends Infer<typeof httpSettings> {}

export const connectionPoolSettings = message('ConnectionPoolSettings', {
  tcp: tcpSettings,
  http: httpSettings,
});
export interface ConnectionPoolSettings extends Infer<typeof connectionPoolSettings> {}

export const outlierDetection = message('OutlierDetection', {
  consecutiveErrors: int32(),
  splitExternalLocalOriginErrors: bool(),
  consecutiveLocalOriginFailures: uint32(),
  consecutiveGatewayErrors: uint32(),
  consecutive5xxErrors: uint32(),
  interval: duration(),
  baseEjectionTime: duration(),
  maxEjectionPercent: int32(),
  minHealthPercent: int32(),
});
export interface OutlierDetection extends Infer<typeof outlierDetection> {}
