/**
 * A realistic mesh of egress traffic as YAML text: a fifth each of TLS APIs found by DNS, HTTP services with endpoints and
 * subsets, virtual machines with several ports, TCP databases with addresses, and wildcards that are looked up on demand.
 * Every fifth entry has a DestinationRule and a VirtualService. The same number of entries gives the same text.
 */
export function generateMesh(entries) {
  const documents = [];
  for (let index = 0; index < entries; index++) {
    const entry = entryOf(index);
    documents.push(entry.text);
    if (hasPolicies(index)) documents.push(ruleOf(entry), routesOf(entry));
  }
  return documents.join('---\n');
}

/** One of every sort in turn, however the sorts follow one another. */
function hasPolicies(index) {
  return Math.floor(index / sorts.length) % sorts.length === index % sorts.length;
}

const namespaces = ['default', 'payments', 'search', 'mail', 'reports', 'istio-system'];

function entryOf(index) {
  const sort = sorts[index % sorts.length];
  const namespace = namespaces[Math.floor(index / sorts.length) % namespaces.length];
  return { index, namespace, ...sort(index, header('ServiceEntry', `entry-${index}`, namespace)) };
}

function header(kind, name, namespace) {
  return `apiVersion: networking.istio.io/v1
kind: ${kind}
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    team: egress
spec:
`;
}

const sorts = [tlsApi, httpService, virtualMachines, database, wildcard];

/** After so many entries the sorts, and which of them have policies, begin anew. */
export const turn = sorts.length ** 2;

function tlsApi(index, head) {
  const host = `api-${index}.example.com`;
  return {
    host,
    port: 443,
    kind: 'tls',
    text: `${head}  hosts:
  - ${host}
  location: MESH_EXTERNAL
  ports:
  - number: 443
    name: tls
    protocol: TLS
  resolution: DNS
`,
  };
}

function httpService(index, head) {
  const host = `web-${index}.example.org`;
  return {
    host,
    port: 80,
    kind: 'http',
    text: `${head}  hosts:
  - ${host}
  location: MESH_EXTERNAL
  ports:
  - number: 80
    name: http
    protocol: HTTP
  - number: 443
    name: https
    protocol: HTTPS
  resolution: DNS
  endpoints:
  - address: a.web-${index}.example.org
    locality: us-east1/b
    labels:
      version: v1
  - address: b.web-${index}.example.org
    locality: us-west1/a
    labels:
      version: v2
`,
  };
}

function virtualMachines(index, head) {
  const host = `legacy-${index}.internal`;
  return {
    host,
    port: 8080,
    kind: 'http',
    text: `${head}  hosts:
  - ${host}
  location: MESH_INTERNAL
  ports:
  - number: 8080
    name: http
    protocol: HTTP
  - number: 9000
    name: grpc
    protocol: GRPC
  - number: 7000
    name: tcp
    protocol: TCP
  resolution: STATIC
  endpoints:
  - address: ${addressOf(10, index)}
    labels:
      version: v1
  - address: ${addressOf(11, index)}
    labels:
      version: v2
    ports:
      http: 8081
`,
  };
}

function database(index, head) {
  const host = `db-${index}.example.net`;
  return {
    host,
    port: 5432,
    kind: 'tcp',
    text: `${head}  hosts:
  - ${host}
  addresses:
  - ${addressOf(172, index)}
  location: MESH_EXTERNAL
  ports:
  - number: 5432
    name: tcp
    protocol: TCP
  resolution: DNS
`,
  };
}

function wildcard(index, head) {
  const host = `*.zone-${index}.example.io`;
  return {
    host,
    port: 443,
    kind: 'tls',
    text: `${head}  hosts:
  - '${host}'
  location: MESH_EXTERNAL
  ports:
  - number: 80
    name: http
    protocol: HTTP
  - number: 443
    name: tls
    protocol: TLS
  resolution: DYNAMIC_DNS
`,
  };
}

/** Room for 100,000 entries: 172.16.0.0/12 and 10.0.0.0/8 alike. */
export function addressOf(first, index) {
  const second = first === 172 ? 16 + ((index >> 16) & 15) : (index >> 16) & 255;
  return `${first}.${second}.${(index >> 8) & 255}.${index & 255}`;
}

function ruleOf({ index, namespace, host, port, kind }) {
  const subsets =
    kind === 'http'
      ? `  subsets:
  - name: v1
    labels:
      version: v1
  - name: v2
    labels:
      version: v2
`
      : '';
  const policy =
    kind === 'tls'
      ? ''
      : `    portLevelSettings:
    - port:
        number: ${port}
      outlierDetection:
        consecutive5xxErrors: 5
        interval: 10s
`;
  return `${header('DestinationRule', `rule-${index}`, namespace)}  host: '${host}'
  trafficPolicy:
    connectionPool:
      tcp:
        maxConnections: 100
        connectTimeout: 5s
${policy}${subsets}`;
}

function routesOf({ index, namespace, host, port, kind }) {
  const head = `${header('VirtualService', `routes-${index}`, namespace)}  hosts:
  - '${host}'
`;
  const route = `    route:
    - destination:
        host: '${host}'
        port:
          number: ${port}
`;
  if (kind === 'tcp') return `${head}  tcp:\n  - match:\n    - port: ${port}\n${route}`;
  if (kind === 'tls')
    return `${head}  tls:\n  - match:\n    - port: ${port}\n      sniHosts:\n      - '${host}'\n${route}`;
  return `${head}  http:
  - match:
    - uri:
        prefix: /v2
      headers:
        x-version:
          exact: v2
    timeout: 10s
    retries:
      attempts: 3
      perTryTimeout: 2s
      retryOn: 5xx,reset
    route:
    - destination:
        host: '${host}'
        subset: v2
        port:
          number: ${port}
  - route:
    - destination:
        host: '${host}'
        subset: v1
        port:
          number: ${port}
      weight: 90
    - destination:
        host: '${host}'
        subset: v2
        port:
          number: ${port}
      weight: 10
`;
}
