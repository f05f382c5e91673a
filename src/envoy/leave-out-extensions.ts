import { type JsonObject, mapObjects } from './map-objects.ts';
import type { ReportOmission } from './omission.ts';

const istioReason = 'only the Envoy that Istio builds has it; it adds telemetry or picks ALPN and does not route';
const contribReason = 'a contrib extension, which the stock build does not contain';

/** Prefixes of message names that no stock Envoy knows. */
const istioMessages = ['stats.', 'istio.', 'io.istio.', 'envoy.tcp.metadataexchange.'];

/** Envoy's `contrib/extensions_metadata.yaml`: what only the contrib build contains. */
const contribMessages = [
  ...[
    'client_ssl_auth',
    'kafka_broker',
    'kafka_mesh',
    'mysql_proxy',
    'postgres_proxy',
    'rocketmq_proxy',
    'sip_proxy',
  ].map((name) => `envoy.extensions.filters.network.${name}.`),
  ...['checksum', 'dynamo', 'golang', 'language', 'squash', 'sxg'].map(
    (name) => `envoy.extensions.filters.http.${name}.`,
  ),
];

/** Takes the extensions out of a resource that only Istio's build or the contrib build of Envoy contains. */
export function leaveOutExtensions<T>(value: T, resource: string, report: ReportOmission): T {
  return mapObjects(value, (object) => {
    if (object.factoryKey === istioString) return withStockString(object, resource, report);
    const reason = reasonToLeaveOut(object.typedConfig);
    if (reason === undefined) return withoutUnknownOverrides(object, resource, report);
    report({ resource, part: String(object.name ?? messageName(object.typedConfig)), reason });
    return undefined;
  });
}

/** How waypoints keep texts for their own filters: Istio's factory for them, and Envoy's that does the same. */
const istioString = 'istio.hashable_string';
const stockString = 'envoy.hashable_string';

function withStockString(object: JsonObject, resource: string, report: ReportOmission): JsonObject {
  report({
    resource,
    part: `filter state factory ${istioString}`,
    reason: `only the Envoy that Istio builds has it; ${stockString} takes its place`,
  });
  return { ...object, factoryKey: stockString };
}

/** A route's settings for one filter go where the filter goes. */
function withoutUnknownOverrides(object: JsonObject, resource: string, report: ReportOmission): JsonObject {
  const overrides = object.typedPerFilterConfig;
  if (typeof overrides !== 'object' || overrides === null) return object;
  const kept = Object.entries(overrides).filter(([filter, config]) => {
    const reason = reasonToLeaveOut(config);
    if (reason !== undefined) report({ resource, part: `typedPerFilterConfig ${filter}`, reason });
    return reason === undefined;
  });
  return { ...object, typedPerFilterConfig: Object.fromEntries(kept) };
}

function reasonToLeaveOut(config: unknown): string | undefined {
  const name = messageName(config);
  if (name === undefined) return undefined;
  if (istioMessages.some((prefix) => name.startsWith(prefix))) return istioReason;
  if (contribMessages.some((prefix) => name.startsWith(prefix))) return contribReason;
  return undefined;
}

/** The message that an Any holds; a TypedStruct stands for the message it names. */
function messageName(config: unknown): string | undefined {
  if (typeof config !== 'object' || config === null) return undefined;
  const { '@type': type, typeUrl } = config as JsonObject;
  if (typeof type !== 'string') return undefined;
  const url = type.endsWith('.TypedStruct') && typeof typeUrl === 'string' ? typeUrl : type;
  return url.slice(url.lastIndexOf('/') + 1);
}
