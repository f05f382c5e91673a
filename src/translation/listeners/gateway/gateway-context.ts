import type { MergedGateway } from '../../../registry/gateways/merged-gateway.ts';
import type { ConfigFilter, TransportSocket } from '../../../xds/types.ts';
import type { ListenerContext } from '../listener-context.ts';

/** What the listeners of one gateway share. */
export interface GatewayContext extends ListenerContext {
  readonly gateway: MergedGateway;
}

/** A filter chain before the listener is built around it. */
export interface GatewayChain {
  /** Empty: any, and none. */
  readonly serverNames: readonly string[];
  readonly applicationProtocols?: readonly string[];
  readonly filters: readonly ConfigFilter[];
  /** Present where the gateway ends TLS. */
  readonly transportSocket?: TransportSocket;
}
