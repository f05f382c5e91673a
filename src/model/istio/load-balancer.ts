import {
  bool,
  double,
  duration,
  enumeration,
  type Infer,
  list,
  map,
  message,
  string,
  uint32,
  uint64,
} from './schema.ts';

export const simpleLB = enumeration({
  UNSPECIFIED: 0,
  LEAST_CONN: 1,
  RANDOM: 2,
  PASSTHROUGH: 3,
  ROUND_ROBIN: 4,
  LEAST_REQUEST: 5,
});
export type SimpleLB = Infer<typeof simpleLB>;

export const attribute = message('Attribute', {
  name: string(),
  value: string(),
});
export interface Attribute extends Infer<typeof attribute> {}

export const httpCookie = message('HTTPCookie', {
  name: string(),
  path: string(),
  ttl: duration(),
  attributes: list(attribute),
});
export interface HTTPCookie extends Infer<typeof httpCookie> {}

export const ringHash = message('RingHash', {
  minimumRingSize: uint64(),
});
export interface RingHash extends Infer<typeof ringHash> {}

export const magLev = message('MagLev', {
  tableSize: uint64(),
});
export interface MagLev extends Infer<typeof magLev> {}

export const consistentHashLB = message(
  'ConsistentHashLB',
  {
    httpHeaderName: string(),
    httpCookie,
    useSourceIp: bool(),
    httpQueryParameterName: string(),
    ringHash,
    maglev: magLev,
    minimumRingSize: uint64(),
  },
  {
    oneOf: [
      ['httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'],
      ['ringHash', 'maglev'],
    ],
  },
);
export interface ConsistentHashLB extends Infer<typeof consistentHashLB> {}

export const distribute = message('Distribute', {
  from: string(),
  to: map(uint32()),
});
export interface Distribute extends Infer<typeof distribute> {}

export const failover = message('Failover', {
  from: string(),
  to: string(),
});
export interface Failover extends Infer<typeof failover> {}

export const localityLoadBalancerSetting = message('LocalityLoadBalancerSetting', {
  distribute: list(distribute),
  failover: list(failover),
  failoverPriority: list(string()),
  enabled: bool(),
});
export interface LocalityLoadBalancerSetting extends Infer<typeof localityLoadBalancerSetting> {}

export const warmupConfiguration = message('WarmupConfiguration', {
  duration: duration(),
  minimumPercent: double(),
  aggression: double(),
});
export interface WarmupConfiguration extends Infer<typeof warmupConfiguration> {}

export const loadBalancerSettings = message(
  'LoadBalancerSettings',
  {
    simple: simpleLB,
    consistentHash: consistentHashLB,
    localityLbSetting: localityLoadBalancerSetting,
    warmupDurationSecs: duration(),
    warmup: warmupConfiguration,
  },
  { oneOf: [['simple', 'consistentHash']] },
);
export interface LoadBalancerSettings extends Infer<typeof loadBalancerSettings> {}
