import { describe, expect, it } from 'vitest';
import type { ProxyConfig } from '../../../src/model/istio/mesh-config.ts';
import {
  buildConnectionManager,
  type ConnectionManagerOptions,
} from '../../../src/translation/http/connection-manager.ts';
import { buildHttpContext } from '../../../src/translation/http/http-context.ts';
import { joinPath } from '../../../src/translation/http/tracing/http-service.ts';
import { type ViewParts, viewOf } from '../listeners/view-of.ts';

const options: ConnectionManagerOptions = {
  listenerClass: 'sidecar-outbound',
  statPrefix: 'outbound_0.0.0.0_80',
  routes: { name: '80' },
  protocol: 'HTTP',
};

function configOf(parts: ViewParts = {}, more: Partial<ConnectionManagerOptions> = {}): Record<string, unknown> {
  const filter = buildConnectionManager(buildHttpContext(viewOf(parts).view), { ...options, ...more });
  return { ...filter.typedConfig };
}

const withHeaders = (proxyHeaders: NonNullable<ProxyConfig['proxyHeaders']>): ViewParts => ({
  mesh: { defaultConfig: { proxyHeaders } },
});

const filterNames = (config: Record<string, unknown>): readonly string[] =>
  (config['httpFilters'] as { readonly name: string }[]).map(({ name }) => name);

describe('buildConnectionManager', () => {
  it('orders the filters: metadata first, the router last', () => {
    expect(filterNames(configOf())).toEqual([
      'istio.metadata_exchange',
      'envoy.filters.http.grpc_stats',
      'istio.alpn',
      'envoy.filters.http.fault',
      'envoy.filters.http.cors',
      'istio.stats',
      'envoy.filters.http.router',
    ]);
    expect(filterNames(configOf({}, { listenerClass: 'sidecar-inbound' }))).not.toContain('istio.alpn');
  });

  it('names the server istio-envoy for callers, and leaves Envoy its name for the application', () => {
    expect(configOf()).not.toHaveProperty('serverName');
    expect(configOf({}, { listenerClass: 'sidecar-inbound' })).toHaveProperty('serverName', 'istio-envoy');
    const disabled = configOf(withHeaders({ server: { disabled: true } }));
    expect(disabled).toHaveProperty('serverHeaderTransformation', 'PASS_THROUGH');
  });

  it('follows proxyHeaders', () => {
    const config = configOf(
      withHeaders({
        forwardedClientCert: 'SANITIZE',
        setCurrentClientCertDetails: { subject: false, cert: true },
        requestId: { disabled: true },
        xForwardedPort: { enabled: true },
        preserveHttp1HeaderCase: true,
      }),
      { listenerClass: 'sidecar-inbound' },
    );
    expect(config).toMatchObject({
      setCurrentClientCertDetails: { subject: false, uri: true, dns: true, cert: true },
      generateRequestId: false,
      appendXForwardedPort: true,
      httpProtocolOptions: { headerKeyFormat: { statefulFormatter: { name: 'preserve_case' } } },
    });
    // SANITIZE is Envoy's default and therefore absent.
    expect(config).not.toHaveProperty('forwardClientCertDetails');
  });

  it('accepts HTTP/1.0, and idle timeouts from the node metadata', () => {
    expect(configOf({ proxy: { http10: true, metadata: { IDLE_TIMEOUT: '1m30s' } } })).toMatchObject({
      httpProtocolOptions: { acceptHttp10: true },
      commonHttpProtocolOptions: { idleTimeout: '90s' },
    });
  });

  it.each([
    ['NONE', { normalizePath: false, pathWithEscapedSlashesAction: 'KEEP_UNCHANGED' }],
    ['MERGE_SLASHES', { normalizePath: true, mergeSlashes: true }],
    ['DECODE_AND_MERGE_SLASHES', { pathWithEscapedSlashesAction: 'UNESCAPE_AND_FORWARD' }],
  ] as const)('normalises paths: %s', (normalization, expected) => {
    expect(configOf({ mesh: { pathNormalization: { normalization } } })).toMatchObject(expected);
  });
});

describe('joinPath', () => {
  it.each([
    ['/v1/traces', 'otel/v1/traces'],
    ['v1/', 'otel/v1/'],
    ['', 'otel'],
    ['/a/../b', 'otel/b'],
  ])('appends %j', (path, expected) => {
    expect(joinPath('otel', path)).toBe(expected);
  });
});
