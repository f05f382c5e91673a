import { parseProtocol } from '../../model/protocol.ts';
import type { EgressListener, ProxyView } from '../../registry/proxy-view.ts';

/**
 * The egress listener of the Sidecar whose services a route configuration holds: that of the port or unix socket, or the
 * one without a port. Source: istio `pilot/pkg/model/sidecar.go`, GetEgressListenerForRDS.
 */
export function selectEgressListener(view: ProxyView, port: number, name: string): EgressListener | undefined {
  return view.egressListeners.find(({ configuration }) => {
    if (!configuration?.port) return true;
    if ((configuration.port.number ?? 0) !== port) return false;
    return port !== 0 || configuration.bind === name;
  });
}

/** An egress listener of this protocol takes requests for every port, as a forward proxy does. */
export function isForwardProxy({ configuration }: EgressListener): boolean {
  return configuration?.port !== undefined && parseProtocol(configuration.port.protocol ?? '') === 'HTTP_PROXY';
}
