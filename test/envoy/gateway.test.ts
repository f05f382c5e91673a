import { createPrivateKey } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { issueCertificate } from '../../src/envoy/issue-certificate.ts';
import { prepareSnapshot } from '../../src/envoy/prepare-snapshot.ts';
import type { Trace } from '../../src/explain/follow-url.ts';
import { readUrl } from '../../src/explain/read-url.ts';
import { RequestFollower } from '../../src/hops/request-follower.ts';
import { type Scenario, translate } from '../../src/index.ts';
import { findDisagreements } from './agreement.ts';
import { Figures } from './figures.ts';
import { certificatesOf } from './lab/certificates.ts';
import { addressOfName } from './lab/dns-server.ts';
import { Lab } from './lab/lab.ts';
import type { Exchange, Resources, UpstreamSight } from './lab/protocol.ts';
import { authorityName } from './lab/upstreams.ts';

const { impossible, authority } = inject('lab');

const egressGateway = {
  type: 'router',
  name: 'istio-egressgateway-1',
  namespace: 'istio-system',
  ip: '10.1.0.30',
  serviceAccount: 'egress',
  labels: { istio: 'egressgateway' },
} as const;
const clientIdentity = 'spiffe://cluster.local/ns/default/sa/shop';
const gatewayIdentity = 'spiffe://cluster.local/ns/istio-system/sa/egress';

describe.skipIf(impossible !== undefined)('a sidecar and an egress gateway, each a real Envoy', () => {
  const figures = new Figures('gateways');
  let lab: Lab;

  beforeAll(async () => {
    lab = await Lab.start();
  });

  afterAll(async () => {
    await lab.stop();
    figures.write();
  });

  const shows = (what: string, run: () => Promise<void>): void => {
    it(what, async () => {
      await run();
      figures.count('shown', what);
    });
  };

  shows('HTTP, mutual TLS between sidecar and gateway, TLS to the outside from there', async () => {
    const mesh = await Hops.start(lab, [egress, httpOrigination].join('---\n'));
    const { exchange, sights, trace } = await mesh.send('http://a.example.com/v1');
    expect(exchange.status).toBe(200);
    expect(trace.explanation.cluster).toBe('outbound|443|a|istio-egressgateway.istio-system.svc.cluster.local');
    expect(trace.onward?.explanation.cluster).toBe('outbound|443||a.example.com');
    // The upstream was connected to by name, in TLS, and is told whom the gateway had mutual TLS with.
    expect(sights).toMatchObject([
      {
        address: addressOfName('a.example.com'),
        port: 443,
        tls: { sni: 'a.example.com' },
        http: { path: '/v1', headers: { host: 'a.example.com' } },
      },
    ]);
    expect(sights[0]?.http?.headers['x-forwarded-client-cert']).toContain(`URI=${clientIdentity}`);
  });

  shows('a gateway with another identity than its service account’s gets no request', async () => {
    const impostor = 'spiffe://cluster.local/ns/istio-system/sa/impostor';
    const mesh = await Hops.start(lab, [egress, httpOrigination].join('---\n'), { gatewayIdentity: impostor });
    const { exchange, sights } = await mesh.send('http://a.example.com/v1');
    expect(exchange.status).toBe(503);
    expect(exchange.responseFlags?.split(',')).toContain('UF');
    expect(exchange.onward?.cluster).toBeUndefined();
    expect(sights).toEqual([]);
  });

  shows('TLS that passes through sidecar and gateway by its server name, unopened', async () => {
    const mesh = await Hops.start(lab, [egress, tlsPassthrough].join('---\n'));
    const { sights, trace } = await mesh.send('https://a.example.com/');
    expect(trace.onward?.explanation.cluster).toBe('outbound|443||a.example.com');
    expect(sights).toMatchObject([
      { address: addressOfName('a.example.com'), port: 443, tls: { sni: 'a.example.com' } },
    ]);
  });

  shows('a wildcard by server name: TLS inside of mutual TLS, and an EnvoyFilter at the gateway', async () => {
    const manifests = fs.readFileSync(path.resolve('golden/wildcard-egress/egress-gateway/input.yaml'), 'utf8');
    const mesh = await Hops.start(lab, manifests, {
      scenario: { meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } },
    });
    const { sights, trace } = await mesh.send('https://en.wikipedia.org/');
    expect(trace.onward?.explanation.cluster).toBe('to_sni_listener');
    expect(sights).toMatchObject([
      { address: addressOfName('en.wikipedia.org'), port: 443, tls: { sni: 'en.wikipedia.org' } },
    ]);
    const other = await mesh.send('https://example.com/');
    expect(other.trace.explanation.outcome).toBe('blackhole-tcp');
    expect(other).toMatchObject({ sights: [] });
  });
});

interface Sent {
  readonly trace: Trace;
  readonly exchange: Exchange;
  readonly sights: readonly UpstreamSight[];
}

/** The same manifests at work in both Envoys; what goes through them is held against the explanation of each hop. */
class Hops {
  readonly #lab: Lab;
  readonly #manifests: string;
  readonly #scenario: Scenario;
  readonly #peersAgree: boolean;

  private constructor(lab: Lab, manifests: string, scenario: Scenario, peersAgree: boolean) {
    this.#lab = lab;
    this.#manifests = manifests;
    this.#scenario = scenario;
    this.#peersAgree = peersAgree;
  }

  static async start(
    lab: Lab,
    manifests: string,
    {
      scenario = {},
      gatewayIdentity: identity = gatewayIdentity,
    }: { scenario?: Scenario; gatewayIdentity?: string } = {},
  ): Promise<Hops> {
    const gateway = resourcesOf(manifests, { ...scenario, proxy: egressGateway }, identity);
    const sidecar = resourcesOf(manifests, scenario, clientIdentity);
    const loaded = [
      await lab.ask({ do: 'load-gateway', resources: gateway }),
      await lab.ask({ do: 'load', resources: sidecar }),
    ];
    expect(loaded.flatMap(({ refusals }) => refusals)).toEqual([]);
    await lab.ask({ do: 'sights' });
    return new Hops(lab, manifests, scenario, identity === gatewayIdentity);
  }

  async send(text: string): Promise<Sent> {
    const url = readUrl(text);
    if ('problem' in url) throw new Error(url.problem);
    const trace = new RequestFollower(this.#manifests, this.#scenario).follow(url);
    const [exchange] = await this.#lab.ask({ do: 'exchange', requests: [trace.request] });
    if (!exchange) throw new Error('nothing was sent');
    expect(findDisagreements(trace.explanation, exchange), 'at the sidecar').toEqual([]);
    if (this.#peersAgree) {
      expect(exchange.onward === undefined, 'only one hop').toBe(trace.onward === undefined);
      const disagreements = trace.onward && findDisagreements(trace.onward.explanation, exchange.onward ?? {});
      expect(disagreements ?? [], 'at the gateway').toEqual([]);
    }
    return { trace, exchange, sights: await this.#lab.ask({ do: 'sights' }) };
  }
}

function resourcesOf(manifests: string, scenario: Scenario, identity: string): Resources {
  const translation = translate(manifests, scenario);
  expect(translation.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const issuer = { ...authority, commonName: authorityName, key: createPrivateKey(authority.privateKey) };
  const own = issueCertificate({ commonName: 'proxy', names: [identity], issuer });
  const certificates = certificatesOf(own, authority);
  return { ...prepareSnapshot(translation, { certificates, servedEndpoints: true }), endpoints: translation.endpoints };
}

/** The gateway's workload and Service, and the outside host. */
const egress = `apiVersion: v1
kind: Pod
metadata: { name: istio-egressgateway-1, namespace: istio-system, labels: { istio: egressgateway } }
spec: { serviceAccountName: egress, containers: [{ name: istio-proxy }] }
status:
  podIP: 10.1.0.30
  podIPs: [{ ip: 10.1.0.30 }]
  phase: Running
  conditions: [{ type: Ready, status: 'True' }]
---
apiVersion: v1
kind: Service
metadata: { name: istio-egressgateway, namespace: istio-system }
spec:
  clusterIP: 10.96.0.30
  selector: { istio: egressgateway }
  ports: [{ name: https, port: 443, targetPort: 8443 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: istio-egressgateway-abcde
  namespace: istio-system
  labels: { kubernetes.io/service-name: istio-egressgateway }
addressType: IPv4
ports: [{ name: https, port: 8443 }]
endpoints:
- addresses: [10.1.0.30]
  conditions: { ready: true }
  targetRef: { kind: Pod, name: istio-egressgateway-1, namespace: istio-system }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: a }
spec:
  hosts: [a.example.com]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ number: 80, name: http, protocol: HTTP }, { number: 443, name: tls, protocol: TLS }]
`;

const httpOrigination = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: egress, namespace: istio-system }
spec:
  selector: { istio: egressgateway }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [a.example.com]
    tls: { mode: ISTIO_MUTUAL }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: via-egress }
spec:
  hosts: [a.example.com]
  gateways: [istio-system/egress, mesh]
  http:
  - match: [{ gateways: [mesh], port: 80 }]
    route:
    - destination: { host: istio-egressgateway.istio-system.svc.cluster.local, subset: a, port: { number: 443 } }
  - match: [{ gateways: [istio-system/egress], port: 443 }]
    route:
    - destination: { host: a.example.com, port: { number: 443 } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: to-egress, namespace: istio-system }
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: a
    trafficPolicy: { tls: { mode: ISTIO_MUTUAL, sni: a.example.com } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: originate, namespace: istio-system }
spec:
  host: a.example.com
  trafficPolicy:
    portLevelSettings: [{ port: { number: 443 }, tls: { mode: SIMPLE, sni: a.example.com } }]
`;

const tlsPassthrough = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: egress, namespace: istio-system }
spec:
  selector: { istio: egressgateway }
  servers:
  - port: { number: 443, name: tls, protocol: TLS }
    hosts: [a.example.com]
    tls: { mode: PASSTHROUGH }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: to-egress, namespace: istio-system }
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  trafficPolicy: { tls: { mode: DISABLE } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: via-egress }
spec:
  hosts: [a.example.com]
  gateways: [istio-system/egress, mesh]
  tls:
  - match: [{ gateways: [mesh], port: 443, sniHosts: [a.example.com] }]
    route:
    - destination: { host: istio-egressgateway.istio-system.svc.cluster.local, port: { number: 443 } }
  - match: [{ gateways: [istio-system/egress], port: 443, sniHosts: [a.example.com] }]
    route:
    - destination: { host: a.example.com, port: { number: 443 } }
`;
