import type { ProxyConfig } from '../../model/istio/mesh-config.ts';
import type { HttpConnectionManager } from '../../xds/types.ts';
import type { ListenerClass } from './listener-class.ts';

/** Which headers the proxy adds, changes and trusts. Source: istio `pilot/pkg/networking/util/proxy_headers.go`. */
export interface ProxyHeaders {
  readonly serverName?: string;
  readonly serverHeaderTransformation?: NonNullable<HttpConnectionManager['serverHeaderTransformation']>;
  readonly generateRequestId?: boolean;
  readonly suppressEnvoyHeaders: boolean;
  readonly skipExternalMetadataExchange: boolean;
  readonly appendForwardedPort: boolean;
  /** Routes that rewrite the host keep the first one in `x-forwarded-host`. */
  readonly appendForwardedHost: boolean;
  /** Virtual hosts send `x-envoy-attempt-count` upstream. */
  readonly includeRequestAttemptCount: boolean;
  readonly preserveHeaderCase: boolean;
  readonly forwardClientCertDetails: NonNullable<HttpConnectionManager['forwardClientCertDetails']>;
  readonly currentClientCertDetails: NonNullable<HttpConnectionManager['setCurrentClientCertDetails']>;
}

export function readProxyHeaders(configuration: ProxyConfig, listenerClass: ListenerClass): ProxyHeaders {
  const headers = configuration.proxyHeaders ?? {};
  const forwarded = headers.forwardedClientCert;
  return {
    ...serverHeader(headers.server, listenerClass),
    ...(headers.requestId?.disabled && { generateRequestId: false }),
    suppressEnvoyHeaders: headers.envoyDebugHeaders?.disabled ?? false,
    skipExternalMetadataExchange: headers.metadataExchangeHeaders?.mode === 'IN_MESH',
    appendForwardedPort: headers.xForwardedPort?.enabled ?? false,
    appendForwardedHost: headers.xForwardedHost?.enabled ?? false,
    includeRequestAttemptCount: !headers.attemptCount?.disabled,
    preserveHeaderCase: headers.preserveHttp1HeaderCase ?? false,
    forwardClientCertDetails: forwarded === undefined || forwarded === 'UNDEFINED' ? 'APPEND_FORWARD' : forwarded,
    currentClientCertDetails: clientCertDetails(headers.setCurrentClientCertDetails ?? {}),
  };
}

type Headers = NonNullable<ProxyConfig['proxyHeaders']>;

/** Outbound responses keep Envoy's own server name, "envoy", unless another one is configured. */
function serverHeader(
  server: Headers['server'],
  listenerClass: ListenerClass,
): Pick<ProxyHeaders, 'serverName' | 'serverHeaderTransformation'> {
  if (server?.disabled) return { serverHeaderTransformation: 'PASS_THROUGH' };
  if (server?.value) return { serverName: server.value };
  return listenerClass === 'sidecar-outbound' ? {} : { serverName: 'istio-envoy' };
}

/** Subject, URI and DNS names are forwarded unless switched off; certificates and chains only on request. */
function clientCertDetails(
  details: NonNullable<Headers['setCurrentClientCertDetails']>,
): ProxyHeaders['currentClientCertDetails'] {
  return {
    subject: details.subject ?? true,
    ...((details.uri ?? true) && { uri: true }),
    ...((details.dns ?? true) && { dns: true }),
    ...(details.cert && { cert: true }),
    ...(details.chain && { chain: true }),
  };
}
