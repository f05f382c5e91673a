import { findKind, kinds } from '../../../../src/model/istio/kinds.ts';
import { objectMetadata } from '../../../../src/model/istio/kubernetes.ts';
import { meshConfig } from '../../../../src/model/istio/mesh-config.ts';
import {
  enumeration,
  int32,
  list,
  type MessageSchema,
  map,
  message,
  type Schema,
  string,
  struct,
} from '../../../../src/model/istio/schema.ts';
import type { YamlPosition } from './yaml-position.ts';

const request = message('Request', {
  name: string(),
  address: string(),
  port: int32(),
  protocol: enumeration({ http: 0, http2: 1, tcp: 2 }),
  tls: enumeration({ simple: 0 }),
  sni: string(),
  alpn: string(),
  host: string(),
  path: string(),
  method: string(),
  headers: map(string()),
});

const proxyMetadata = message(
  'ProxyMetadata',
  { DNS_CAPTURE: string(), DNS_AUTO_ALLOCATE: string(), HTTP10: string(), INTERCEPTION_MODE: string() },
  { open: true },
);

export const scenarioSchema: MessageSchema = message('Scenario', {
  istioVersion: enumeration({ '1.29': 0, '1.30': 1, '1.31': 2 }),
  proxy: message('Proxy', {
    type: enumeration({ sidecar: 0, router: 1, waypoint: 2 }),
    name: string(),
    namespace: string(),
    ip: string(),
    ips: list(string()),
    labels: map(string()),
    locality: string(),
    network: string(),
    clusterId: string(),
    serviceAccount: string(),
    metadata: proxyMetadata,
  }),
  meshConfig,
  features: message(
    'Features',
    {
      PILOT_ENABLE_IP_AUTOALLOCATE: string(),
      PILOT_ENABLE_AMBIENT: string(),
      ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS: string(),
    },
    { open: true },
  ),
  requests: list(request),
});

/** What a manifest of that kind may hold; without a known kind, what every manifest has. */
export function manifestSchema(apiVersion: string, kind: string): MessageSchema {
  const found = findKind(apiVersion, kind);
  const definition = found && kinds[found];
  return message('Manifest', {
    apiVersion: enumeration(numbered(apiVersions)),
    kind: enumeration(numbered(kindsOf(apiVersion))),
    metadata: objectMetadata,
    ...(definition
      ? definition.body === 'root'
        ? Object.fromEntries(definition.spec.fields)
        : { spec: definition.spec, status: definition.status }
      : { spec: struct() }),
  });
}

const definitions = Object.values(kinds);

const versionOf = (group: string, version: string): string => (group === '' ? version : `${group}/${version}`);

const apiVersions: readonly string[] = [
  ...new Set(definitions.map(({ group, versions }) => versionOf(group, versions[0] ?? 'v1'))),
];

function kindsOf(apiVersion: string): readonly string[] {
  const fitting = definitions.filter(({ group, versions }) =>
    versions.some((version) => versionOf(group, version) === apiVersion),
  );
  return (fitting.length > 0 ? fitting : definitions).map(({ manifestKind }) => manifestKind);
}

const numbered = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name, index) => [name, index]));

/** Values that a plain string takes in practice, by the message and field that hold it. */
const usualValues: Readonly<Record<string, readonly string[]>> = {
  protocol: ['HTTP', 'HTTPS', 'TLS', 'TCP', 'GRPC', 'HTTP2', 'GRPC-Web', 'MONGO', 'MYSQL', 'REDIS', 'UDP'],
  exportTo: ['.', '*', '~'],
  retryOn: [
    'connect-failure,refused-stream,unavailable,cancelled,503',
    '5xx',
    'gateway-error',
    'reset',
    'retriable-status-codes',
  ],
  DNS_CAPTURE: ['"true"', '"false"'],
  PILOT_ENABLE_IP_AUTOALLOCATE: ['"true"', '"false"'],
  PILOT_ENABLE_AMBIENT: ['"true"', '"false"'],
  ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS: ['"true"', '"false"'],
  INTERCEPTION_MODE: ['REDIRECT', 'TPROXY', 'NONE'],
};

/** The schema at a position, looking through lists. */
export function schemaAt(root: Schema, keys: readonly string[]): Schema | undefined {
  let schema: Schema | undefined = root;
  for (const key of keys) {
    schema = intoLists(schema);
    if (schema?.type === 'message') schema = schema.fields.get(key);
    else if (schema?.type === 'map') schema = schema.value;
    else return undefined;
  }
  return intoLists(schema);
}

function intoLists(schema: Schema | undefined): Schema | undefined {
  let inner = schema;
  while (inner?.type === 'list') inner = inner.element;
  return inner;
}

export function valuesOf(schema: Schema | undefined, { keys }: YamlPosition): readonly string[] {
  const usual = usualValues[keys.at(-1) ?? ''] ?? [];
  if (schema?.type === 'enumeration') return Object.keys(schema.numbers);
  if (schema?.type === 'bool') return ['true', 'false'];
  return schema === undefined || schema.type === 'string' ? usual : [];
}

/** What a reader calls the type of a field. */
export function typeName(schema: Schema): string {
  switch (schema.type) {
    case 'list':
      return `${typeName(schema.element)}[]`;
    case 'map':
      return `map of ${typeName(schema.value)}`;
    case 'message':
    case 'number':
      return schema.name;
    case 'enumeration':
      return 'enum';
    case 'json':
      return schema.object ? 'object' : 'any';
    default:
      return schema.type;
  }
}

/** What a field's value begins with, so that the cursor lands where the value is typed. */
export function openingOf(schema: Schema, indent: string): string {
  if (schema.type === 'list') return `:\n${indent}  - `;
  if (schema.type === 'message' || schema.type === 'map' || (schema.type === 'json' && schema.object))
    return `:\n${indent}  `;
  return ': ';
}
