import { canonicalDuration } from '../../model/duration.ts';
import type { ProxyConfig } from '../../model/istio/mesh-config.ts';
import { proxyConfigOf } from '../../registry/proxy-config-of.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import type { Duration } from '../../xds/types.ts';
import { buildTelemetry, type Telemetry } from './telemetry/build-telemetry.ts';

/** What every listener of one proxy shares. Built once for a translation and handed down. */
export interface HttpContext {
  readonly view: ProxyView;
  readonly proxyConfig: ProxyConfig;
  readonly telemetry: Telemetry;
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
    ...(idleTimeout !== undefined && { idleTimeout }),
    acceptHttp10: view.proxy.http10,
  };
}
