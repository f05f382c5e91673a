import type { SelectedVirtualService } from '../proxy-view.ts';
import type { GatewayServer } from './gateway-server.ts';

/** Servers that share a port: plain HTTP ones, or several of TLS that their hosts tell apart. */
export interface GatewayPort {
  readonly number: number;
  /** Empty: all addresses. */
  readonly bind: string;
  readonly servers: readonly [GatewayServer, ...GatewayServer[]];
}

/** All Gateways of one workload, merged into one. Source: istio `pilot/pkg/model/gateway.go`, MergedGateway. */
export interface MergedGateway {
  /** In the order of their first servers. */
  readonly ports: readonly GatewayPort[];
  readonly serversByRouteName: ReadonlyMap<string, readonly GatewayServer[]>;
  /** Some server is in mode AUTO_PASSTHROUGH: clients of other networks reach services of the mesh through the gateway. */
  readonly passesMeshTraffic: boolean;
  /** The VirtualServices bound to a Gateway (`namespace/name`) that the proxy's namespace sees, in their order. */
  virtualServicesFor(gateway: string): readonly SelectedVirtualService[];
}
