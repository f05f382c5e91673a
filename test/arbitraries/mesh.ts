import fc from 'fast-check';

/** One Kubernetes object as plain data. */
export interface PlainResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly creationTimestamp?: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

export function manifestsOf(resources: readonly PlainResource[]): string {
  return resources.map((resource) => JSON.stringify(resource)).join('\n---\n');
}

const networking = 'networking.istio.io/v1';
const namespace = fc.constantFrom('default', 'payments', 'istio-system');
const host = fc.constantFrom(
  'a.example.com',
  'b.example.com',
  'c.example.org',
  'db.internal',
  'x.default.svc.cluster.local',
);
const exportTo = fc.constantFrom(undefined, ['*'], ['.'], ['payments']);

const port = fc.constantFrom(
  { number: 80, name: 'http', protocol: 'HTTP' },
  { number: 8080, name: 'http-alt', protocol: 'HTTP', targetPort: 9090 },
  { number: 443, name: 'tls', protocol: 'TLS' },
  { number: 443, name: 'https', protocol: 'HTTPS' },
  { number: 5432, name: 'tcp', protocol: 'TCP' },
  { number: 9000, name: 'grpc', protocol: 'GRPC' },
  { number: 7000, name: 'sniffed' },
);
const ports = fc.uniqueArray(port, { minLength: 1, maxLength: 3, selector: ({ number }) => number });

const resolution = fc.constantFrom(
  { resolution: 'NONE' },
  { resolution: 'DNS' },
  { resolution: 'DNS_ROUND_ROBIN' },
  { resolution: 'STATIC', endpoints: [{ address: '10.9.0.1' }, { address: '10.9.0.2', labels: { version: 'v1' } }] },
  { resolution: 'DNS', addresses: ['192.0.2.10'] },
);

const serviceEntry = fc
  .record({ hosts: fc.uniqueArray(host, { minLength: 1, maxLength: 2 }), ports, how: resolution, exportTo })
  .map(({ how, ...spec }) => ({ kind: 'ServiceEntry', spec: { location: 'MESH_EXTERNAL', ...spec, ...how } }));

const destinationRule = fc
  .record({
    host,
    trafficPolicy: fc.constantFrom(
      undefined,
      { tls: { mode: 'SIMPLE' } },
      { connectionPool: { tcp: { maxConnections: 5 } } },
      { loadBalancer: { consistentHash: { httpHeaderName: 'x-user' } } },
    ),
    subsets: fc.constantFrom(undefined, [{ name: 'v1', labels: { version: 'v1' } }]),
  })
  .map((spec) => ({ kind: 'DestinationRule', spec }));

const destination = fc.record({
  host,
  subset: fc.constantFrom(undefined, 'v1', 'v9'),
  port: fc.constantFrom(undefined, { number: 80 }),
});
const virtualServiceFor = (gateways: fc.Arbitrary<readonly string[] | undefined>) =>
  fc.record({
    hosts: fc.uniqueArray(host, { minLength: 1, maxLength: 2 }),
    gateways,
    http: fc.array(
      fc.record({
        match: fc.constantFrom(
          undefined,
          [{ uri: { prefix: '/api' } }],
          [{ headers: { 'end-user': { exact: 'jason' } } }],
        ),
        route: destination.map((to) => [{ destination: to }]),
        timeout: fc.constantFrom(undefined, '5s'),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    tls: fc.array(
      fc.record({
        match: fc.tuple(host, fc.constantFrom(undefined, 443, 8443)).map(([sni, port]) => [{ sniHosts: [sni], port }]),
        route: destination.map((to) => [{ destination: to }]),
      }),
      { maxLength: 2 },
    ),
    tcp: fc.array(fc.record({ route: destination.map((to) => [{ destination: to }]) }), { maxLength: 1 }),
  });
const virtualService = virtualServiceFor(fc.constant(undefined)).map(({ tls: _, tcp: __, ...spec }) => ({
  kind: 'VirtualService',
  spec,
}));
const boundVirtualService = virtualServiceFor(
  fc.constantFrom(['istio-system/r0'], ['istio-system/r0', 'mesh'], ['istio-system/r0', 'default/r1']),
).map((spec) => ({ kind: 'VirtualService', spec }));

const serverTls = fc.constantFrom(
  { mode: 'SIMPLE', credentialName: 'c' },
  { mode: 'MUTUAL', credentialNames: ['rsa', 'ecdsa'] },
  { mode: 'OPTIONAL_MUTUAL', credentialName: 'c' },
  { mode: 'ISTIO_MUTUAL' },
  { mode: 'PASSTHROUGH' },
  { mode: 'AUTO_PASSTHROUGH' },
);
const serverPort = fc.constantFrom(
  { number: 80, protocol: 'HTTP' },
  { number: 8080, protocol: 'HTTP2' },
  { number: 443, protocol: 'HTTPS' },
  { number: 443, protocol: 'TLS' },
  { number: 8443, protocol: 'HTTPS' },
  { number: 5432, protocol: 'TCP' },
  { number: 443, protocol: 'TCP' },
);
const serverHost = fc.oneof(
  host,
  host.map((name) => `./${name}`),
  fc.constantFrom('*', '*.example.com', 'payments/*'),
);
const server = fc
  .record({
    port: serverPort,
    hosts: fc.uniqueArray(serverHost, { minLength: 1, maxLength: 2 }),
    bind: fc.constantFrom(undefined, undefined, undefined, '127.0.0.1'),
    tls: serverTls,
  })
  .map(({ tls, port: at, ...spec }) => ({ ...spec, port: at, ...(/HTTPS|TLS/.test(at.protocol) && { tls }) }));
const gateway = fc.array(server, { minLength: 1, maxLength: 4 }).map((servers) => ({
  kind: 'Gateway',
  spec: {
    selector: { istio: 'egressgateway' },
    servers: servers.map((one, index) => ({ ...one, port: { ...one.port, name: `p${index}` } })),
  },
}));

type Kinded = Pick<PlainResource, 'kind' | 'spec'>;

/** Gives each resource a name and an age of its own, oldest first. */
function nameAndAge(listed: readonly (readonly [Kinded, string])[]): readonly PlainResource[] {
  return listed.map(([{ kind, spec }, home], i) => ({
    apiVersion: networking,
    kind,
    metadata: {
      name: `r${i}`,
      namespace: home,
      creationTimestamp: `2024-02-${String(i + 1).padStart(2, '0')}T00:00:00Z`,
    },
    spec,
  }));
}

/** A mesh of a few resources, each with a name and an age of its own, oldest first. */
export const mesh: fc.Arbitrary<readonly PlainResource[]> = fc
  .array(fc.tuple(fc.oneof({ weight: 3, arbitrary: serviceEntry }, destinationRule, virtualService), namespace), {
    minLength: 1,
    maxLength: 8,
  })
  .map(nameAndAge);

/** As `mesh`, with Gateways `istio-system/r0` and perhaps `default/r1`, and VirtualServices bound to them. */
export const gatewayMesh: fc.Arbitrary<readonly PlainResource[]> = fc
  .tuple(
    gateway,
    fc.option(gateway, { nil: undefined }),
    fc.array(
      fc.tuple(fc.oneof({ weight: 2, arbitrary: serviceEntry }, destinationRule, boundVirtualService), namespace),
      { minLength: 1, maxLength: 7 },
    ),
  )
  .map(([first, second, others]) =>
    nameAndAge([[first, 'istio-system'], ...(second ? [[second, 'default'] as const] : []), ...others]),
  );

const sidecar = fc
  .constantFrom(
    [{ hosts: ['./*', 'payments/*'] }],
    [{ hosts: ['*/a.example.com'], port: { number: 80, name: 'http' } }],
  )
  .map((egress) => ({ kind: 'Sidecar', spec: { egress } }));
const workloadEntry = fc
  .constantFrom('10.9.1.1', '10.9.1.2', 'w.example.com')
  .map((address) => ({ kind: 'WorkloadEntry', spec: { address, labels: { app: 'w', version: 'v1' } } }));
const selectingEntry = fc
  .record({ hosts: fc.uniqueArray(host, { minLength: 1, maxLength: 1 }), ports })
  .map((spec) => ({
    kind: 'ServiceEntry',
    spec: { ...spec, resolution: 'STATIC', location: 'MESH_INTERNAL', workloadSelector: { labels: { app: 'w' } } },
  }));

/** Files of one resource each that come, change and go: each step puts files or, without a resource, removes them. */
export interface FileChange {
  readonly file: string;
  readonly resource: PlainResource | undefined;
}

/** Names, ages and namespaces stay with the file; what it says changes. */
export const changes: fc.Arbitrary<readonly (readonly FileChange[])[]> = fc.array(
  fc.array(
    fc
      .tuple(
        fc.nat({ max: 7 }),
        fc.option(
          fc.oneof(
            { weight: 6, arbitrary: serviceEntry },
            { weight: 3, arbitrary: destinationRule },
            { weight: 3, arbitrary: virtualService },
            selectingEntry,
            workloadEntry,
            sidecar,
          ),
          { freq: 6, nil: undefined },
        ),
      )
      .map(([place, kinded]): FileChange => {
        const home = ['default', 'payments', 'default', 'istio-system'][place % 4] ?? 'default';
        const metadata = {
          name: `r${place}`,
          namespace: home,
          creationTimestamp: `2024-02-${String(10 - (place % 5)).padStart(2, '0')}T00:00:00Z`,
        };
        return { file: `r${place}.yaml`, resource: kinded && { apiVersion: networking, ...kinded, metadata } };
      }),
    { minLength: 1, maxLength: 4 },
  ),
  { minLength: 2, maxLength: 7 },
);
