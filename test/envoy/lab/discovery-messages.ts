import protobuf from 'protobufjs/light.js';

/** A resource in binary form. */
export interface EncodedResource {
  readonly name: string;
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

export interface DiscoveryRequest {
  readonly resourceNames: readonly string[];
  readonly typeUrl: string;
  readonly responseNonce: string;
  readonly errorDetail?: { readonly message: string };
}

export interface DiscoveryResponse {
  readonly versionInfo: string;
  readonly typeUrl: string;
  readonly nonce: string;
  readonly resources: readonly EncodedResource[];
}

// The few fields of `envoy/service/discovery/v3/discovery.proto` that a server needs.
const root = protobuf.Root.fromJSON({
  nested: {
    DiscoveryRequest: {
      fields: {
        resourceNames: { rule: 'repeated', type: 'string', id: 3 },
        typeUrl: { type: 'string', id: 4 },
        responseNonce: { type: 'string', id: 5 },
        errorDetail: { type: 'Status', id: 6 },
      },
    },
    DiscoveryResponse: {
      fields: {
        versionInfo: { type: 'string', id: 1 },
        resources: { rule: 'repeated', type: 'Any', id: 2 },
        typeUrl: { type: 'string', id: 4 },
        nonce: { type: 'string', id: 5 },
      },
    },
    Any: { fields: { typeUrl: { type: 'string', id: 1 }, value: { type: 'bytes', id: 2 } } },
    Status: { fields: { code: { type: 'int32', id: 1 }, message: { type: 'string', id: 2 } } },
  },
});

export function decodeDiscoveryRequest(bytes: Buffer): DiscoveryRequest {
  const type = root.lookupType('DiscoveryRequest');
  return type.toObject(type.decode(bytes), { arrays: true, defaults: true }) as unknown as DiscoveryRequest;
}

export function encodeDiscoveryResponse(response: DiscoveryResponse): Buffer {
  return Buffer.from(
    root
      .lookupType('DiscoveryResponse')
      .encode({ ...response })
      .finish(),
  );
}
