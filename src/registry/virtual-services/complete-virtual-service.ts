import { completeHostname } from '../../model/hostname.ts';
import type { Destination, HTTPRoute, TCPRoute, TLSRoute, VirtualService } from '../../model/istio/virtual-service.ts';
import { hasCompleteNames } from './has-complete-names.ts';

/**
 * Completes the short names of hosts and gateways with the namespace of the VirtualService that uses them.
 * Source: istio `pilot/pkg/model/virtualservice.go`, ResolveVirtualServiceShortnames.
 */
export function completeVirtualService(spec: VirtualService, namespace: string): VirtualService {
  if (hasCompleteNames(spec)) return spec;
  const completer = { destination: completeDestination(namespace), gateways: completeGateways(namespace) };
  return {
    ...spec,
    ...(spec.hosts && { hosts: spec.hosts.map((host) => completeHostname(host, namespace)) }),
    ...(spec.gateways && { gateways: completer.gateways(spec.gateways) }),
    ...(spec.http && { http: spec.http.map((route) => completeHttpRoute(route, completer)) }),
    ...(spec.tls && { tls: spec.tls.map((route) => completeRoute(route, completer)) }),
    ...(spec.tcp && { tcp: spec.tcp.map((route) => completeRoute(route, completer)) }),
  };
}

interface Completer {
  destination(destination: Destination): Destination;
  gateways(gateways: readonly string[]): readonly string[];
}

function completeHttpRoute(route: HTTPRoute, completer: Completer): HTTPRoute {
  const { mirror, mirrors } = route;
  return {
    ...completeRoute(route, completer),
    ...(mirror && { mirror: completer.destination(mirror) }),
    ...(mirrors && {
      mirrors: mirrors.map((policy) => ({
        ...policy,
        ...(policy.destination && { destination: completer.destination(policy.destination) }),
      })),
    }),
  };
}

function completeRoute<R extends HTTPRoute | TLSRoute | TCPRoute>(original: R, completer: Completer): R {
  const { match, route } = original;
  return {
    ...original,
    ...(match && {
      match: match.map((one) => ({ ...one, ...(one.gateways && { gateways: completer.gateways(one.gateways) }) })),
    }),
    ...(route && {
      route: route.map((one) => ({
        ...one,
        ...(one.destination && { destination: completer.destination(one.destination) }),
      })),
    }),
  };
}

const completeDestination =
  (namespace: string): Completer['destination'] =>
  (destination) => ({ ...destination, host: completeHostname(destination.host ?? '', namespace) });

const completeGateways =
  (namespace: string): Completer['gateways'] =>
  (gateways) =>
    gateways.map((gateway) => (gateway === 'mesh' ? gateway : completeGateway(gateway, namespace)));

/** `namespace/name` is the form of today; `name.namespace…` is an older one that is still understood. */
function completeGateway(gateway: string, namespace: string): string {
  if (gateway.startsWith('./')) return `${namespace}${gateway.slice(1)}`;
  if (gateway.includes('/')) return gateway;
  const [name = '', owner] = gateway.split('.');
  return owner === undefined ? `${namespace}/${gateway}` : `${owner}/${name}`;
}
