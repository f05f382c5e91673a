import { bool, double, duration, enumeration, type Infer, list, map, message, string } from './schema.ts';
import { policyTargetReference, policyWorkloadSelector } from './selector.ts';

export const workloadMode = enumeration({ CLIENT_AND_SERVER: 0, CLIENT: 1, SERVER: 2 });
export type WorkloadMode = Infer<typeof workloadMode>;

export const tracingSelector = message('TracingSelector', {
  mode: workloadMode,
});
export interface TracingSelector extends Infer<typeof tracingSelector> {}

export const providerRef = message('ProviderRef', {
  name: string(),
});
export interface ProviderRef extends Infer<typeof providerRef> {}

export const literal = message('Literal', {
  value: string(),
});
export interface Literal extends Infer<typeof literal> {}

export const environment = message('Environment', {
  name: string(),
  defaultValue: string(),
});
export interface Environment extends Infer<typeof environment> {}

export const requestHeader = message('RequestHeader', {
  name: string(),
  defaultValue: string(),
});
export interface RequestHeader extends Infer<typeof requestHeader> {}

export const formatter = message('Formatter', {
  value: string(),
});
export interface Formatter extends Infer<typeof formatter> {}

export const customTag = message(
  'CustomTag',
  {
    literal,
    environment,
    header: requestHeader,
    formatter,
  },
  { oneOf: [['literal', 'environment', 'header', 'formatter']] },
);
export interface CustomTag extends Infer<typeof customTag> {}

export const tracing = message('Tracing', {
  match: tracingSelector,
  providers: list(providerRef),
  randomSamplingPercentage: double(),
  disableSpanReporting: bool(),
  customTags: map(customTag),
  useRequestIdForTraceSampling: bool(),
  enableIstioTags: bool(),
  disableContextPropagation: bool(),
});
export interface Tracing extends Infer<typeof tracing> {}

export const istioMetric = enumeration({
  ALL_METRICS: 0,
  REQUEST_COUNT: 1,
  REQUEST_DURATION: 2,
  REQUEST_SIZE: 3,
  RESPONSE_SIZE: 4,
  TCP_OPENED_CONNECTIONS: 5,
  TCP_CLOSED_CONNECTIONS: 6,
  TCP_SENT_BYTES: 7,
  TCP_RECEIVED_BYTES: 8,
  GRPC_REQUEST_MESSAGES: 9,
  GRPC_RESPONSE_MESSAGES: 10,
});
export type IstioMetric = Infer<typeof istioMetric>;

export const metricSelector = message(
  'MetricSelector',
  {
    metric: istioMetric,
    customMetric: string(),
    mode: workloadMode,
  },
  { oneOf: [['metric', 'customMetric']] },
);
export interface MetricSelector extends Infer<typeof metricSelector> {}

export const tagOverrideOperation = enumeration({ UPSERT: 0, REMOVE: 1 });
export type TagOverrideOperation = Infer<typeof tagOverrideOperation>;

export const tagOverride = message('TagOverride', {
  operation: tagOverrideOperation,
  value: string(),
});
export interface TagOverride extends Infer<typeof tagOverride> {}

export const metricsOverrides = message('MetricsOverrides', {
  match: metricSelector,
  disabled: bool(),
  tagOverrides: map(tagOverride),
});
export interface MetricsOverrides extends Infer<typeof metricsOverrides> {}

export const metrics = message('Metrics', {
  providers: list(providerRef),
  overrides: list(metricsOverrides),
  reportingInterval: duration(),
});
export interface Metrics extends Infer<typeof metrics> {}

export const logSelector = message('LogSelector', {
  mode: workloadMode,
});
export interface LogSelector extends Infer<typeof logSelector> {}

export const filter = message('Filter', {
  expression: string(),
});
export interface Filter extends Infer<typeof filter> {}

export const accessLogging = message('AccessLogging', {
  match: logSelector,
  providers: list(providerRef),
  disabled: bool(),
  filter,
});
export interface AccessLogging extends Infer<typeof accessLogging> {}

export const telemetry = message('Telemetry', {
  selector: policyWorkloadSelector,
  targetRef: policyTargetReference,
  targetRefs: list(policyTargetReference),
  tracing: list(tracing),
  metrics: list(metrics),
  accessLogging: list(accessLogging),
});
export interface Telemetry extends Infer<typeof telemetry> {}
