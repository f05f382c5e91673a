import { isHttp } from '../../../model/protocol.ts';
import type { Port } from '../../../model/service.ts';
import { readBoolean } from '../../../registry/features.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';

/** Where a listener is wanted. */
export interface WantedPlace {
  readonly bindToPort: boolean;
  /** Empty where the address follows from the service. */
  readonly bind: string;
  readonly wildcard: string;
  /** Whether the ports that intercept traffic count, too. */
  readonly besideVirtualListeners: boolean;
}

/**
 * Whether the proxy can listen there: not on a privileged port without the privilege, nor on all addresses of a port
 * that Envoy's bootstrap or interception already uses. Source: istio `pilot/pkg/model/context.go`, CanBindToPort.
 */
export function canListen(
  { proxy, mesh }: ProxyView,
  { bindToPort, bind, wildcard, besideVirtualListeners }: WantedPlace,
  { number: port, protocol }: Pick<Port, 'number' | 'protocol'>,
): boolean {
  if (bindToPort && port > 0 && port < 1024 && isUnprivileged(proxy.metadata)) return false;
  const takesAllAddresses = bind === '' ? isHttp(protocol) : bind === wildcard;
  if (!takesAllAddresses) return true;
  // A port that the proxy does not name counts as 0 to istiod, so an unknown target port (0) is never listened on.
  const { ENVOY_STATUS_PORT = 0, ENVOY_PROMETHEUS_PORT = 0 } = proxy.metadata;
  const { proxyListenPort = 15001, proxyInboundListenPort = 15006 } = mesh.configuration;
  if (port === ENVOY_STATUS_PORT || port === ENVOY_PROMETHEUS_PORT) return false;
  return !besideVirtualListeners || (port !== proxyListenPort && port !== proxyInboundListenPort);
}

export function isUnprivileged({ UNPRIVILEGED_POD }: Readonly<Record<string, unknown>>): boolean {
  return typeof UNPRIVILEGED_POD === 'string' && readBoolean(UNPRIVILEGED_POD) === true;
}
