import { duration, type Infer, int32, list, message, string, uint32 } from './schema.ts';
import {
  corsPolicy,
  headers,
  httpDirectResponse,
  httpFaultInjection,
  httpRedirect,
  httpRetry,
  httpRewrite,
  percent,
} from './virtual-service-action.ts';
import { httpMatchRequest, l4MatchAttributes, portSelector, tlsMatchAttributes } from './virtual-service-match.ts';

export * from './virtual-service-action.ts';
export * from './virtual-service-match.ts';

export const destination = message('Destination', {
  host: string(),
  subset: string(),
  port: portSelector,
});
export interface Destination extends Infer<typeof destination> {}

export const httpRouteDestination = message('HTTPRouteDestination', {
  destination,
  weight: int32(),
  headers,
});
export interface HTTPRouteDestination extends Infer<typeof httpRouteDestination> {}

export const delegate = message('Delegate', {
  name: string(),
  namespace: string(),
});
export interface Delegate extends Infer<typeof delegate> {}

export const httpMirrorPolicy = message('HTTPMirrorPolicy', {
  destination,
  percentage: percent,
});
export interface HTTPMirrorPolicy extends Infer<typeof httpMirrorPolicy> {}

export const httpRoute = message('HTTPRoute', {
  name: string(),
  match: list(httpMatchRequest),
  route: list(httpRouteDestination),
  redirect: httpRedirect,
  directResponse: httpDirectResponse,
  delegate,
  rewrite: httpRewrite,
  timeout: duration(),
  retries: httpRetry,
  fault: httpFaultInjection,
  mirror: destination,
  mirrors: list(httpMirrorPolicy),
  mirrorPercent: uint32(),
  mirrorPercentage: percent,
  corsPolicy,
  headers,
});
export interface HTTPRoute extends Infer<typeof httpRoute> {}

export const routeDestination = message('RouteDestination', {
  destination,
  weight: int32(),
});
export interface RouteDestination extends Infer<typeof routeDestination> {}

export const tlsRoute = message('TLSRoute', {
  match: list(tlsMatchAttributes),
  route: list(routeDestination),
});
export interface TLSRoute extends Infer<typeof tlsRoute> {}

export const tcpRoute = message('TCPRoute', {
  match: list(l4MatchAttributes),
  route: list(routeDestination),
});
export interface TCPRoute extends Infer<typeof tcpRoute> {}

export const virtualService = message('VirtualService', {
  hosts: list(string()),
  gateways: list(string()),
  http: list(httpRoute),
  tls: list(tlsRoute),
  tcp: list(tcpRoute),
  exportTo: list(string()),
});
export interface VirtualService extends Infer<typeof virtualService> {}
