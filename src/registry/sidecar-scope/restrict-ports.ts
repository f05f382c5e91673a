import type { IstioEgressListener } from '../../model/istio/sidecar.ts';
import { parseProtocol } from '../../model/protocol.ts';
import type { Service } from '../../model/service.ts';

/** What an egress listener or a route needs of a service: all of it, some of its ports, or nothing. */
export type Restrict = (service: Service) => Service | undefined;

/** A listener with a port imports that port only, unless it is a forward proxy for HTTP. */
export function listenerPort(listener: IstioEgressListener | undefined): number | undefined {
  const number = listener?.port?.number ?? 0;
  const isForwardProxy = parseProtocol(listener?.port?.protocol ?? '') === 'HTTP_PROXY';
  return number === 0 || isForwardProxy ? undefined : number;
}

/** Source: istio `pilot/pkg/model/sidecar.go`, serviceMatchingListenerPort. */
export function restrictToPort(port: number): Restrict {
  return (service) => {
    const found = service.ports.find(({ number }) => number === port);
    if (!found) return undefined;
    return service.ports.length === 1 ? service : { ...service, ports: [found] };
  };
}

/**
 * A destination without a port may mean any, so that all are kept. Without one of the named ports the service is of no use.
 * Source: istio `pilot/pkg/model/sidecar.go`, serviceMatchingVirtualServicePorts.
 */
export function restrictToPorts(ports: ReadonlySet<number>): Restrict {
  return (service) => {
    if (ports.size === 0 || ports.has(0)) return service;
    const found = service.ports.filter(({ number }) => ports.has(number));
    if (found.length === 0) return service.ports.length === 0 ? service : undefined;
    return found.length === service.ports.length ? service : { ...service, ports: found };
  };
}
