/**
 * Encodes what a translation holds to Envoy’s binary form, and decodes it.
 *
 * @module xdsim/protobuf
 */
import protojson from 'protobufjs/ext/protojson.js';
import protobuf from 'protobufjs/light.js';
import { descriptors } from './descriptors.generated.ts';
import type { Messages } from './types.ts';

/** The full name of a message that can be encoded, such as `envoy.config.cluster.v3.Cluster`. */
export type MessageName = keyof Messages;
export type { Messages } from './types.ts';

/** The messages that xDS responses list, by the section of a translation that holds them. */
export const resourceMessages = {
  clusters: 'envoy.config.cluster.v3.Cluster',
  listeners: 'envoy.config.listener.v3.Listener',
  routes: 'envoy.config.route.v3.RouteConfiguration',
  endpoints: 'envoy.config.endpoint.v3.ClusterLoadAssignment',
} as const satisfies Readonly<Record<string, MessageName>>;

// Built from a constant and never changed, so that every caller sees the same schema.
const schema = protobuf.Root.fromJSON(descriptors);

/**
 * The binary form of a message in canonical proto3 JSON, with what its Any fields hold encoded inside.
 * Throws where the JSON does not fit the schema: an unknown field, a wrong type, an Any of an unknown type.
 *
 * ```ts
 * const bytes = encode('envoy.config.cluster.v3.Cluster', { name: 'outbound|443||example.com', type: 'EDS' });
 * ```
 */
export function encode<N extends MessageName>(name: N, message: Messages[N]): Uint8Array {
  const type = schema.lookupType(name);
  return type.encode(protojson.fromJson(type, message)).finish();
}

/**
 * The canonical proto3 JSON of a message in binary form; the reverse of {@link encode}.
 * Throws where the bytes hold a field or a type that the schema does not know, rather than dropping it.
 */
export function decode<N extends MessageName>(name: N, bytes: Uint8Array): Messages[N] {
  const type = schema.lookupType(name);
  const json = protojson.toJson(type, type.decode(bytes)) as Messages[N];
  // protobufjs drops unknown fields while decoding, also inside of Any: only the length tells.
  if (encode(name, json).length !== bytes.length) throw new Error(`${name}: the bytes hold fields that are not known`);
  return json;
}
