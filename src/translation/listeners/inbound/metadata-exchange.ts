import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { ConfigFilter } from '../../../xds/types.ts';

/** Receives the peer's metadata at the start of a connection that negotiated `istio-peer-exchange`. */
export const connectionMetadataExchange: ConfigFilter = frozen({
  name: 'istio.metadata_exchange',
  typedConfig: {
    '@type': typeUrls.typedStruct,
    typeUrl: 'type.googleapis.com/envoy.tcp.metadataexchange.config.MetadataExchange',
    value: { protocol: 'istio-peer-exchange', enable_discovery: true },
  },
});
