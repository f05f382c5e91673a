import { describe, expect, it } from 'vitest';
import type { MeshConfig } from '../../../src/model/istio/mesh-config.ts';
import type { Telemetry } from '../../../src/model/istio/telemetry.ts';
import { buildHttpContext } from '../../../src/translation/http/http-context.ts';
import { mergeAccessLogging } from '../../../src/translation/http/telemetry/merge-access-logging.ts';
import { mergeMetrics } from '../../../src/translation/http/telemetry/merge-metrics.ts';
import { mergeTracing } from '../../../src/translation/http/telemetry/merge-tracing.ts';
import { selectTelemetries } from '../../../src/translation/http/telemetry/select-telemetries.ts';
import { serviceOf, type ViewParts, viewOf } from '../listeners/view-of.ts';

const mesh: MeshConfig = {
  defaultProviders: { metrics: ['prometheus'] },
  extensionProviders: [
    { name: 'prometheus', prometheus: {} },
    { name: 'zipkin', zipkin: { service: 'zipkin.example.com', port: 9411 } },
    { name: 'stdout', envoyFileAccessLog: { path: '/dev/stdout' } },
    { name: 'als', envoyHttpAls: { service: 'als.example.com', port: 9000 } },
  ],
};
const logging = (accessLogging: Telemetry['accessLogging']): Telemetry => ({ ...(accessLogging && { accessLogging }) });

function telemetryOf(parts: ViewParts) {
  return buildHttpContext(viewOf({ mesh, ...parts }).view).telemetry['sidecar-outbound'];
}

describe('selectTelemetries', () => {
  it('takes the oldest of the root namespace, then of the own one, then those that select the workload', () => {
    const workload: Telemetry = { selector: { matchLabels: { app: 'x' } } };
    const telemetries = [
      ['default', workload],
      ['default', logging([{}])],
      ['default', logging([{ disabled: true }])],
      ['istio-system', logging([{ disabled: false }])],
      ['other', logging([{}, {}])],
    ] as const;
    const { view } = viewOf({ telemetries, proxy: { labels: { app: 'x' } } });
    expect(selectTelemetries(view)).toEqual([logging([{ disabled: false }]), logging([{}]), workload]);
  });

  it('ignores resources that target gateways', () => {
    const spec: Telemetry = { targetRefs: [{ kind: 'Gateway', name: 'g' }] };
    expect(selectTelemetries(viewOf({ telemetries: [['default', spec]] }).view)).toEqual([]);
  });
});

describe('mergeAccessLogging', () => {
  it('lets the narrowest level that names providers decide which log', () => {
    const wide = logging([{ providers: [{ name: 'stdout' }] }]);
    const narrow = logging([{ providers: [{ name: 'als' }], filter: { expression: 'response.code >= 500' } }]);
    expect([...mergeAccessLogging([wide, narrow], mesh, 'sidecar-outbound')]).toEqual([
      ['als', { disabled: false, expression: 'response.code >= 500' }],
    ]);
  });

  it('disables for servers only', () => {
    const spec = logging([{ providers: [{ name: 'stdout' }] }, { disabled: true, match: { mode: 'SERVER' } }]);
    expect(mergeAccessLogging([spec], mesh, 'sidecar-inbound').get('stdout')).toEqual({ disabled: true });
    expect(mergeAccessLogging([spec], mesh, 'sidecar-outbound').get('stdout')).toEqual({ disabled: false });
  });
});

describe('mergeMetrics', () => {
  it('drops the filter where all metrics are disabled, until a narrower level overrides one', () => {
    const disabled: Telemetry = { metrics: [{ overrides: [{ disabled: true, match: { mode: 'CLIENT' } }] }] };
    const again: Telemetry = {
      metrics: [
        { overrides: [{ match: { metric: 'REQUEST_COUNT' }, tagOverrides: { host: { value: 'request.host' } } }] },
      ],
    };
    expect(mergeMetrics([disabled], mesh, 'sidecar-outbound').get('prometheus')?.disabled).toBe(true);
    expect(mergeMetrics([disabled], mesh, 'sidecar-inbound').get('prometheus')?.disabled).toBe(false);
    const merged = mergeMetrics([disabled, again], mesh, 'sidecar-outbound').get('prometheus');
    expect(merged).toMatchObject({ disabled: false, overrides: [{ metric: 'REQUEST_COUNT' }] });
  });
});

describe('mergeTracing', () => {
  it('merges field by field and disables what has no known provider', () => {
    const wide: Telemetry = { tracing: [{ providers: [{ name: 'ZIPKIN' }], randomSamplingPercentage: 50 }] };
    const narrow: Telemetry = { tracing: [{ match: { mode: 'SERVER' }, disableSpanReporting: true }] };
    const client = mergeTracing([wide, narrow], mesh, 'sidecar-outbound');
    expect(client).toMatchObject({ disabled: false, randomSamplingPercentage: 50, provider: { name: 'zipkin' } });
    expect(mergeTracing([wide, narrow], mesh, 'sidecar-inbound')?.disabled).toBe(true);
    expect(mergeTracing([{ tracing: [{ providers: [{ name: 'none' }] }] }], mesh, 'gateway')?.disabled).toBe(true);
    expect(mergeTracing([], mesh, 'gateway')).toBeUndefined();
  });
});

describe('what a proxy logs and traces', () => {
  it('falls back to the mesh configuration where no provider of the Telemetry API is usable', () => {
    const telemetries = [['default', logging([{ providers: [{ name: 'als' }] }])]] as const;
    const { accessLogs } = telemetryOf({ telemetries, mesh: { ...mesh, accessLogFile: '/dev/stderr' } });
    expect(accessLogs.http).toMatchObject([{ typedConfig: { path: '/dev/stderr' } }]);
    expect(accessLogs.listener).toMatchObject([{ filter: { responseFlagFilter: { flags: ['NR'] } } }]);
  });

  it('logs to a service of the mesh', () => {
    const telemetries = [['default', logging([{ providers: [{ name: 'als' }] }])]] as const;
    const { accessLogs } = telemetryOf({ telemetries, services: [serviceOf('als.example.com', ['9000/GRPC'])] });
    const grpcService = {
      envoyGrpc: { clusterName: 'outbound|9000||als.example.com', authority: 'als.example.com' },
    };
    expect(accessLogs.tcp).toMatchObject([{ typedConfig: { commonConfig: { grpcService } } }]);
  });

  it('samples one request in a hundred, and all of them only when asked', () => {
    const sampling = (value: number) =>
      telemetryOf({ mesh: { ...mesh, defaultConfig: { tracing: { sampling: value } } } }).tracing.tracing
        ?.randomSampling;
    expect([sampling(0), sampling(100), sampling(101)]).toEqual([{ value: 1 }, { value: 100 }, { value: 1 }]);
  });

  it('sends spans in the form that the proxy knows', () => {
    const parts = {
      services: [serviceOf('zipkin.example.com', ['9411/HTTP'])],
      telemetries: [['default', { tracing: [{ providers: [{ name: 'zipkin' }] }] }]],
    } as const;
    expect(telemetryOf(parts).tracing.tracing?.provider?.typedConfig).toHaveProperty('collectorService');
    const old = telemetryOf({ ...parts, proxy: { istioVersion: [1, 28, 0] } });
    expect(old.tracing.tracing?.provider?.typedConfig).toMatchObject({ collectorHostname: 'zipkin.example.com' });
  });
});
