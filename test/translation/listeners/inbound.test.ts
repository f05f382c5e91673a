import { describe, expect, it } from 'vitest';
import { buildListeners } from '../../../src/translation/listeners/build-listeners.ts';
import { inboundInspectors } from '../../../src/translation/listeners/inbound/inbound-inspectors.ts';
import type { Listener } from '../../../src/xds/types.ts';
import { serviceOf, type ViewParts, viewOf } from './view-of.ts';

function inbound(parts: ViewParts): readonly Listener[] {
  return buildListeners(viewOf(parts).view).filter(({ trafficDirection }) => trafficDirection === 'INBOUND');
}

function targetsOf(port: string, targetPort: number): NonNullable<ViewParts['targets']> {
  const service = serviceOf('app.default.svc.cluster.local', [port], { registry: 'Kubernetes', name: 'app' });
  return service.ports.map((servicePort) => ({ service, port: servicePort, targetPort }));
}

/** The chains of one port: what they match, and whether they end TLS. */
const chainsOf = (listener: Listener | undefined, port?: number): readonly unknown[] =>
  (listener?.filterChains ?? [])
    .filter(({ filterChainMatch }) => filterChainMatch?.destinationPort === port)
    .map(({ name, filterChainMatch, transportSocket }) => [
      name,
      filterChainMatch?.transportProtocol,
      filterChainMatch?.applicationProtocols?.length ?? 0,
      transportSocket !== undefined,
    ]);

describe('what a workload accepts', () => {
  it('takes mutual TLS and plain text by default, on any port', () => {
    const [listener] = inbound({});
    expect(chainsOf(listener, 15_006)).toEqual([['virtualInbound-blackhole', undefined, 0, false]]);
    expect(chainsOf(listener)).toEqual([
      ['virtualInbound-catchall-http', 'tls', 3, true],
      ['virtualInbound-catchall-http', 'raw_buffer', 2, false],
      ['virtualInbound', 'tls', 2, true],
      ['virtualInbound', 'raw_buffer', 0, false],
      ['virtualInbound', 'tls', 0, false],
    ]);
  });

  it.each([
    ['STRICT', [['0.0.0.0_8080', 'tls', 0, true]]],
    [
      'PERMISSIVE',
      [
        ['0.0.0.0_8080', 'tls', 5, true],
        ['0.0.0.0_8080', 'raw_buffer', 0, false],
      ],
    ],
    ['DISABLE', [['0.0.0.0_8080', 'raw_buffer', 0, false]]],
  ] as const)('follows PeerAuthentication: %s', (mode, chains) => {
    const [listener] = inbound({ targets: targetsOf('80/HTTP', 8080), policies: [{ mtls: { mode } }] });
    expect(chainsOf(listener, 8080)).toEqual(chains);
  });

  it('gives a port with a mode of its own passthrough chains of its own, unless a service has it', () => {
    const policies = [
      {
        selector: { matchLabels: { app: 'x' } },
        mtls: { mode: 'STRICT' },
        portLevelMtls: { '8080': { mode: 'DISABLE' }, '9090': { mode: 'DISABLE' } },
      } as const,
    ];
    const [listener] = inbound({ policies, proxy: { labels: { app: 'x' } }, targets: targetsOf('80/HTTP', 8080) });
    expect(chainsOf(listener, 9090)).toEqual([
      ['virtualInbound-catchall-http', 'raw_buffer', 2, false],
      ['virtualInbound', 'raw_buffer', 0, false],
    ]);
    expect(chainsOf(listener, 8080)).toEqual([['0.0.0.0_8080', 'raw_buffer', 0, false]]);
  });

  it('reports two services that call one port differently', () => {
    const [first] = targetsOf('80/HTTP', 8080);
    const other = serviceOf('other.example.com', ['80/TCP']);
    const targets = [
      ...(first ? [first] : []),
      ...other.ports.map((port) => ({ service: other, port, targetPort: 8080 })),
    ];
    const { view, diagnostics } = viewOf({ targets });
    buildListeners(view);
    expect(diagnostics).toMatchObject([{ code: 'listener-conflict', resource: { name: 'other' } }]);
  });

  it('does not retry what may be a gRPC stream', () => {
    const routeOf = (port: string) =>
      JSON.stringify(inbound({ targets: targetsOf(port, 7000) })[0]?.filterChains?.at(-1));
    expect(routeOf('80/HTTP')).toContain('reset-before-request');
    expect(routeOf('80/GRPC')).not.toContain('reset-before-request');
  });
});

describe('ingress listeners of a Sidecar', () => {
  const ingress = [
    { port: { number: 9080, protocol: 'HTTP', name: 'http' }, bind: '10.0.0.9', defaultEndpoint: '127.0.0.1:8080' },
  ];

  it('replace the ports of services', () => {
    const [listener] = inbound({ sidecar: { ingress }, targets: targetsOf('80/HTTP', 8080) });
    expect(chainsOf(listener, 8080)).toEqual([]);
    expect(chainsOf(listener, 9080)).toHaveLength(2);
    expect(listener?.filterChains?.at(-1)?.metadata?.filterMetadata?.istio).toEqual({
      config: '/apis/networking.istio.io/v1/namespaces/default/sidecar/Sidecar-0',
    });
  });

  it('get a socket of their own without interception', () => {
    const listeners = inbound({ sidecar: { ingress }, proxy: { interceptionMode: 'NONE' } });
    expect(listeners.map(({ name }) => name)).toEqual(['10.0.0.9_9080']);
    expect(listeners[0]?.listenerFilters?.map(({ name }) => name)).toEqual(['envoy.filters.listener.tls_inspector']);
  });
});

describe('inboundInspectors', () => {
  const chain = (destinationPort: number, transportProtocol: string, applicationProtocols?: string[]) => ({
    filterChainMatch: {
      ...(destinationPort > 0 && { destinationPort }),
      transportProtocol,
      ...(applicationProtocols && { applicationProtocols }),
    },
  });

  it('excludes the ports that need none where others do', () => {
    const filters = inboundInspectors([chain(0, 'tls'), chain(0, 'raw_buffer', ['h2c']), chain(80, ''), chain(90, '')]);
    const excluded = {
      orMatch: {
        rules: [{ destinationPortRange: { start: 80, end: 81 } }, { destinationPortRange: { start: 90, end: 91 } }],
      },
    };
    expect(filters.map(({ filterDisabled }) => filterDisabled)).toEqual([excluded, excluded]);
  });

  it('includes only the ports that need one where others do not', () => {
    const [tls, ...others] = inboundInspectors([chain(0, 'raw_buffer'), chain(443, 'tls')]);
    expect(tls?.filterDisabled).toEqual({ notMatch: { destinationPortRange: { start: 443, end: 444 } } });
    expect(others).toEqual([]);
  });
});
