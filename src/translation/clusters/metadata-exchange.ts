import { frozen } from '../../xds/frozen.ts';
import type { Cluster } from '../../xds/types.ts';

/** Learns about the peer's workload in the first bytes of a mutual TLS connection. */
export const metadataExchange: Required<Pick<Cluster, 'filters'>> = frozen({
  filters: [
    {
      name: 'istio.metadata_exchange',
      typedConfig: {
        '@type': 'type.googleapis.com/udpa.type.v1.TypedStruct',
        typeUrl: 'type.googleapis.com/envoy.tcp.metadataexchange.config.MetadataExchange',
        value: { enable_discovery: true, protocol: 'istio-peer-exchange' },
      },
    },
  ],
});
