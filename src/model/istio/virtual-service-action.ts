import {
  bool,
  bytes,
  double,
  duration,
  enumeration,
  type Infer,
  int32,
  list,
  map,
  message,
  string,
  uint32,
} from './schema.ts';
import { stringMatch } from './virtual-service-match.ts';

export const headerOperations = message('HeaderOperations', {
  set: map(string()),
  add: map(string()),
  remove: list(string()),
});
export interface HeaderOperations extends Infer<typeof headerOperations> {}

export const headers = message('Headers', {
  request: headerOperations,
  response: headerOperations,
});
export interface Headers extends Infer<typeof headers> {}

export const redirectPortSelection = enumeration({ FROM_PROTOCOL_DEFAULT: 0, FROM_REQUEST_PORT: 1 });
export type RedirectPortSelection = Infer<typeof redirectPortSelection>;

export const httpRedirect = message(
  'HTTPRedirect',
  {
    uri: string(),
    authority: string(),
    port: uint32(),
    derivePort: redirectPortSelection,
    scheme: string(),
    redirectCode: uint32(),
  },
  { oneOf: [['port', 'derivePort']] },
);
export interface HTTPRedirect extends Infer<typeof httpRedirect> {}

export const httpBody = message(
  'HTTPBody',
  {
    string: string(),
    bytes: bytes(),
  },
  { oneOf: [['string', 'bytes']] },
);
export interface HTTPBody extends Infer<typeof httpBody> {}

export const httpDirectResponse = message('HTTPDirectResponse', {
  status: uint32(),
  body: httpBody,
});
export interface HTTPDirectResponse extends Infer<typeof httpDirectResponse> {}

export const regexRewrite = message('RegexRewrite', {
  match: string(),
  rewrite: string(),
});
export interface RegexRewrite extends Infer<typeof regexRewrite> {}

export const httpRewrite = message('HTTPRewrite', {
  uri: string(),
  authority: string(),
  uriRegexRewrite: regexRewrite,
});
export interface HTTPRewrite extends Infer<typeof httpRewrite> {}

export const httpRetry = message('HTTPRetry', {
  attempts: int32(),
  perTryTimeout: duration(),
  retryOn: string(),
  retryRemoteLocalities: bool(),
  retryIgnorePreviousHosts: bool(),
  backoff: duration(),
});
export interface HTTPRetry extends Infer<typeof httpRetry> {}

export const percent = message('Percent', {
  value: double(),
});
export interface Percent extends Infer<typeof percent> {}

export const delay = message(
  'Delay',
  {
    percent: int32(),
    fixedDelay: duration(),
    exponentialDelay: duration(),
    percentage: percent,
  },
  { oneOf: [['fixedDelay', 'exponentialDelay']] },
);
export interface Delay extends Infer<typeof delay> {}

export const abort = message(
  'Abort',
  {
    httpStatus: int32(),
    grpcStatus: string(),
    http2Error: string(),
    percentage: percent,
  },
  { oneOf: [['httpStatus', 'grpcStatus', 'http2Error']] },
);
export interface Abort extends Infer<typeof abort> {}

export const httpFaultInjection = message('HTTPFaultInjection', {
  delay,
  abort,
});
export interface HTTPFaultInjection extends Infer<typeof httpFaultInjection> {}

export const unmatchedPreflights = enumeration({ UNSPECIFIED: 0, FORWARD: 1, IGNORE: 2 });
export type UnmatchedPreflights = Infer<typeof unmatchedPreflights>;

export const corsPolicy = message('CorsPolicy', {
  allowOrigin: list(string()),
  allowOrigins: list(stringMatch),
  allowMethods: list(string()),
  allowHeaders: list(string()),
  exposeHeaders: list(string()),
  maxAge: duration(),
  allowCredentials: bool(),
  unmatchedPreflights,
});
export interface CorsPolicy extends Infer<typeof corsPolicy> {}
