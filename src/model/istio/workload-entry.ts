import { type Infer, int32, list, map, message, string, uint32 } from './schema.ts';

export const workloadEntry = message('WorkloadEntry', {
  address: string(),
  ports: map(uint32()),
  labels: map(string()),
  network: string(),
  locality: string(),
  weight: uint32(),
  serviceAccount: string(),
});
export interface WorkloadEntry extends Infer<typeof workloadEntry> {}

export const workloadSelector = message('WorkloadSelector', {
  labels: map(string()),
});
export interface WorkloadSelector extends Infer<typeof workloadSelector> {}

export const objectMeta = message('ObjectMeta', {
  labels: map(string()),
  annotations: map(string()),
});
export interface ObjectMeta extends Infer<typeof objectMeta> {}

export const httpHeader = message('HTTPHeader', {
  name: string(),
  value: string(),
});
export interface HTTPHeader extends Infer<typeof httpHeader> {}

export const httpHealthCheckConfig = message('HTTPHealthCheckConfig', {
  path: string(),
  port: uint32(),
  host: string(),
  scheme: string(),
  httpHeaders: list(httpHeader),
});
export interface HTTPHealthCheckConfig extends Infer<typeof httpHealthCheckConfig> {}

export const tcpHealthCheckConfig = message('TCPHealthCheckConfig', {
  host: string(),
  port: uint32(),
});
export interface TCPHealthCheckConfig extends Infer<typeof tcpHealthCheckConfig> {}

export const execHealthCheckConfig = message('ExecHealthCheckConfig', {
  command: list(string()),
});
export interface ExecHealthCheckConfig extends Infer<typeof execHealthCheckConfig> {}

export const grpcHealthCheckConfig = message('GrpcHealthCheckConfig', {
  port: uint32(),
  service: string(),
});
export interface GrpcHealthCheckConfig extends Infer<typeof grpcHealthCheckConfig> {}

export const readinessProbe = message(
  'ReadinessProbe',
  {
    initialDelaySeconds: int32(),
    timeoutSeconds: int32(),
    periodSeconds: int32(),
    successThreshold: int32(),
    failureThreshold: int32(),
    httpGet: httpHealthCheckConfig,
    tcpSocket: tcpHealthCheckConfig,
    exec: execHealthCheckConfig,
    grpc: grpcHealthCheckConfig,
  },
  { oneOf: [['httpGet', 'tcpSocket', 'exec', 'grpc']] },
);
export interface ReadinessProbe extends Infer<typeof readinessProbe> {}

export const workloadGroup = message('WorkloadGroup', {
  metadata: objectMeta,
  template: workloadEntry,
  probe: readinessProbe,
});
export interface WorkloadGroup extends Infer<typeof workloadGroup> {}
