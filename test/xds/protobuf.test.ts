import { describe, expect, it } from 'vitest';
import { decode, encode, type Messages } from '../../src/xds/protobuf.ts';
import type { Cluster } from '../../src/xds/types.ts';

const clusterName = 'envoy.config.cluster.v3.Cluster';

const cluster: Cluster = {
  name: 'outbound|443||example.com',
  type: 'EDS',
  connectTimeout: '0.250s',
  dnsJitter: '0.100s',
  circuitBreakers: { thresholds: [{ maxConnections: 4294967295, trackRemaining: true }] },
  outlierDetection: { consecutive5xx: 5, enforcingConsecutive5xx: 0 },
  typedExtensionProtocolOptions: {
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
      '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
      explicitHttpConfig: { http2ProtocolOptions: {} },
    },
  },
  metadata: { filterMetadata: { istio: { services: [{ host: 'example.com', weight: 1.5, none: null }] } } },
};

/** JSON as it may come from a file, whatever the types say. */
const untyped = (json: unknown) => json as Messages[typeof clusterName];

describe('protobuf', () => {
  it('brings a message back as it was, with what its Any fields hold', () => {
    expect(decode(clusterName, encode(clusterName, cluster))).toEqual(cluster);
  });

  it('writes the wire format of Envoy', () => {
    // Field 1 (name), length-delimited, one byte long; field 58 (dns_jitter) with one second.
    expect([...encode(clusterName, { name: 'a', dnsJitter: '1s' })]).toEqual([0x0a, 1, 0x61, 0xd2, 3, 2, 0x08, 1]);
  });

  it.each([
    ['an unknown field', { name: 'a', lbPolizy: 'RANDOM' }, /lbPolizy/],
    ['an unknown enum value', { name: 'a', lbPolicy: 'BEST' }, /BEST/],
    ['a value of the wrong type', { name: 'a', perConnectionBufferLimitBytes: 'many' }, /many/],
    ['two fields of a oneof', { name: 'a', type: 'EDS', clusterType: { name: 'x' } }, /oneof/],
    [
      'an Any of an unknown type',
      { name: 'a', transportSocket: { name: 't', typedConfig: { '@type': 'type.googleapis.com/no.such.Type' } } },
      /no\.such\.Type/,
    ],
    [
      'an unknown field inside an Any',
      {
        name: 'a',
        transportSocket: {
          name: 't',
          typedConfig: {
            '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer',
            size: 1,
          },
        },
      },
      /size/,
    ],
  ])('refuses %s', (_what, json, message) => {
    expect(() => encode(clusterName, untyped(json))).toThrow(message);
  });

  it('refuses bytes with a field that the schema does not know', () => {
    const unknownField = [0xf8, 0x7f, 1];
    const bytes = Uint8Array.from([...encode(clusterName, { name: 'a' }), ...unknownField]);
    expect(() => decode(clusterName, bytes)).toThrow(/not known/);
  });
});
