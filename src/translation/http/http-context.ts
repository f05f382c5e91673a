import { canonicalDuration } from '../../model/duration.ts';
import type { ProxyConfig } from '../../model/istio/mesh-config.ts';
import { proxyConfigOf } from '../../registry/proxy-config-of.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import { frozen } from '../../xds/frozen.ts';
import type { Duration } from '../../xds/types.ts';
import type { ListenerClass } from './listener-class.ts';
import { type ProxyHeaders, readProxyHeaders } from './proxy-headers.ts';
import { buildTelemetry, type Telemetry } from './telemetry/build-telemetry.ts';

/** What every listener of one proxy shares. Built once for a translation and handed down. */
export interface HttpContext {
  readonly view: ProxyView;
  readonly proxyConfig: ProxyConfig;
  readonly telemetry: Telemetry;
  readonly proxyHeaders: Readonly<Record<ListenerClass, ProxyHeaders>>;
  /** Node metadata IDLE_TIMEOUT: for HTTP connections, and for TCP where no DestinationRule sets one. */
  readonly idleTimeout?: Duration;
  /** Node metadata HTTP10: applications that speak HTTP/1.0. */
  readonly acceptHttp10: boolean;
}

export function buildHttpContext(view: ProxyView): HttpContext {
  const { IDLE_TIMEOUT } = view.proxy.metadata;
  const proxyConfig = proxyConfigOf(view);
  const idleTimeout = typeof IDLE_TIMEOUT === 'string' ? canonicalDuration(IDLE_TIMEOUT) : undefined;
  return {
    view,
    proxyConfig,
    telemetry: buildTelemetry(view, proxyConfig),
    proxyHeaders: frozen({
      'sidecar-inbound': readProxyHeaders(proxyConfig, 'sidecar-inbound'),
      'sidecar-outbound': readProxyHeaders(proxyConfig, 'sidecar-outbound'),
      gateway: readProxyHeaders(proxyConfig, 'gateway'),
      waypoint: readProxyHeaders(proxyConfig, 'waypoint'),
    }),
    ...(idleTimeout !== undefined && { idleTimeout }),
    acceptHttp10: view.proxy.http10,
  };
}
