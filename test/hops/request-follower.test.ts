import { describe, expect, it } from 'vitest';
import { readUrl } from '../../src/explain/read-url.ts';
import { type FollowOptions, RequestFollower } from '../../src/hops/request-follower.ts';
import type { Scenario } from '../../src/model/scenario.ts';

const gateway = `
apiVersion: v1
kind: Pod
metadata: {name: egress-1, namespace: istio-system, labels: {istio: egressgateway}}
spec: {serviceAccountName: egress, containers: [{name: istio-proxy}]}
status: {podIP: 10.1.0.30, podIPs: [{ip: 10.1.0.30}], phase: Running, conditions: [{type: Ready, status: 'True'}]}
---
apiVersion: v1
kind: Service
metadata: {name: egress, namespace: istio-system}
spec:
  clusterIP: 10.96.0.30
  ports: [{name: https, port: 443, targetPort: 8443}, {name: http2, port: 80, targetPort: 8080}]
  selector: {istio: egressgateway}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: egress-a, namespace: istio-system, labels: {kubernetes.io/service-name: egress}}
addressType: IPv4
endpoints:
- addresses: [10.1.0.30]
  conditions: {ready: true}
  targetRef: {kind: Pod, name: egress-1, namespace: istio-system}
ports: [{name: https, port: 8443}, {name: http2, port: 8080}]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: istio-system}
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 443, name: tls, protocol: TLS}
    hosts: [a.example.com]
    tls: {mode: PASSTHROUGH}
  - port: {number: 80, name: https, protocol: HTTPS}
    hosts: [a.example.com]
    tls: {mode: ISTIO_MUTUAL}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: a, namespace: default}
spec:
  hosts: [a.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: tls, protocol: TLS}]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: egress, namespace: default}
spec:
  host: egress.istio-system.svc.cluster.local
  subsets:
  - name: mutual
    trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: ISTIO_MUTUAL, sni: a.example.com}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: default}
spec:
  hosts: [a.example.com]
  gateways: [mesh, istio-system/gw]
  http:
  - match: [{gateways: [mesh], port: 80}]
    rewrite: {uri: /inside/}
    route: [{destination: {host: egress.istio-system.svc.cluster.local, subset: mutual, port: {number: 80}}}]
  - match: [{gateways: [istio-system/gw], port: 80, uri: {prefix: /inside}}]
    route: [{destination: {host: a.example.com, port: {number: 80}}}]
  tls:
  - match: [{gateways: [mesh], port: 443, sniHosts: [a.example.com]}]
    route: [{destination: {host: egress.istio-system.svc.cluster.local, port: {number: 443}}}]
  - match: [{gateways: [istio-system/gw], port: 443, sniHosts: [a.example.com]}]
    route: [{destination: {host: a.example.com, port: {number: 443}}}]
`;

function follow(
  manifests: string,
  text: string,
  { scenario = {}, ...options }: FollowOptions & { scenario?: Scenario } = {},
) {
  const url = readUrl(text);
  if ('problem' in url) throw new Error(url.problem);
  return new RequestFollower(manifests, scenario).follow(url, {}, options);
}

describe('RequestFollower', () => {
  it('follows TLS through a gateway that passes it on', () => {
    const { explanation, onward } = follow(gateway, 'https://a.example.com/');
    expect(explanation.cluster).toBe('outbound|443||egress.istio-system.svc.cluster.local');
    expect(onward).toMatchObject({
      proxy: 'istio-system/egress-1',
      request: { address: '10.1.0.30', port: 8443, tls: 'tls', sni: 'a.example.com' },
      explanation: { listener: '0.0.0.0_8443', cluster: 'outbound|443||a.example.com', outcome: 'routed' },
    });
  });

  it('sees what is inside of mutual TLS, as the sidecar has rewritten it', () => {
    const { onward } = follow(gateway, 'http://a.example.com/outside');
    expect(onward).toMatchObject({
      request: { port: 8080, sni: 'a.example.com', inside: { host: 'a.example.com', path: '/inside/outside' } },
      explanation: { routeConfig: 'https.80.https.gw.istio-system', cluster: 'outbound|80||a.example.com' },
    });
  });

  it('ends at a destination that is no proxy', () => {
    expect(follow(gateway, 'tcp://192.0.2.1:5432').onward).toBeUndefined();
  });

  it('takes the gateway’s Service where no pod tells', () => {
    const documents = gateway.split('---\n').filter((text) => !/^kind: Pod/m.test(text));
    const manifests = documents.join('---\n').replace(/\n {2}targetRef:.*/, '');
    expect(follow(manifests, 'https://a.example.com/').onward).toBeUndefined();
    expect(follow(manifests, 'https://a.example.com/', { via: 'istio-system/egress' }).onward).toMatchObject({
      proxy: 'istio-system/egress',
      explanation: { cluster: 'outbound|443||a.example.com' },
    });
  });
});

const ambient = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: default}
spec:
  gatewayClassName: istio-waypoint
  listeners: [{name: mesh, port: 15008, protocol: HBONE}]
status: {addresses: [{type: Hostname, value: waypoint.default.svc.cluster.local}]}
---
apiVersion: v1
kind: Service
metadata:
  name: waypoint
  namespace: default
  labels: {gateway.istio.io/managed: istio.io-mesh-controller, gateway.networking.k8s.io/gateway-name: waypoint}
spec:
  clusterIP: 10.96.3.0
  ports: [{appProtocol: hbone, name: mesh, port: 15008}]
  selector: {gateway.networking.k8s.io/gateway-name: waypoint}
---
apiVersion: v1
kind: Pod
metadata: {name: waypoint-1, namespace: default, labels: {gateway.networking.k8s.io/gateway-name: waypoint}}
spec: {containers: [{name: istio-proxy}]}
status: {podIP: 10.1.3.1, podIPs: [{ip: 10.1.3.1}], phase: Running, conditions: [{type: Ready, status: 'True'}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: x, namespace: default, labels: {istio.io/use-waypoint: waypoint}}
spec:
  hosts: ["*.example.com"]
  ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: tls, protocol: TLS}]
  resolution: DYNAMIC_DNS
`;

describe('through a waypoint', () => {
  const scenario: Scenario = {
    proxy: {
      type: 'waypoint',
      name: 'waypoint-1',
      ip: '10.1.3.1',
      labels: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' },
    },
    features: { PILOT_ENABLE_AMBIENT: 'true', ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS: 'true' },
  };

  it.each([
    ['http://a.example.com/', 'inbound-vip|80|http|*.example.com'],
    ['https://a.example.com/', 'inbound-vip|443|tcp|*.example.com'],
  ])('%s comes out of the tunnel', (url, cluster) => {
    const { resolution, explanation } = follow(ambient, url, { scenario });
    expect(resolution).toMatchObject({ answeredBy: 'proxy', name: '*.example.com' });
    expect(explanation).toMatchObject({ listener: 'main_internal', filterChainName: cluster, cluster });
    expect(explanation.steps.map(({ chosen }) => chosen)).toContain('connect_terminate');
  });
});
