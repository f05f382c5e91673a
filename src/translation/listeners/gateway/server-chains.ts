import type { GatewayServer } from '../../../registry/gateways/gateway-server.ts';
import type { GatewayPort } from '../../../registry/gateways/merged-gateway.ts';
import { buildConnectionManager } from '../../http/connection-manager.ts';
import { gatewayTlsSocket } from '../../tls/gateway-tls-socket.ts';
import type { GatewayChain, GatewayContext } from './gateway-context.ts';
import { buildMeshTrafficChains } from './mesh-traffic-chains.ts';
import { buildPassthroughChains } from './passthrough-chains.ts';
import { buildTcpChains } from './tcp-chains.ts';

export interface ServerChainOptions {
  readonly port: GatewayPort;
  readonly listenerName: string;
  /** Server names that passthrough chains of the gateway match already: port and name → address. */
  readonly claimedNames: Map<string, string>;
}

/** Plain HTTP servers share one chain; every other server has its own ones. */
export function buildServerChains(context: GatewayContext, options: ServerChainOptions): readonly GatewayChain[] {
  const { servers } = options.port;
  const [first] = servers;
  if (first.kind === 'http') return [httpChain(context, first, options)];
  return servers.flatMap((server) => chainsOf(context, server, options));
}

function chainsOf(
  context: GatewayContext,
  server: GatewayServer,
  options: ServerChainOptions,
): readonly GatewayChain[] {
  switch (server.kind) {
    case 'http':
    case 'https':
      return [httpChain(context, server, options)];
    case 'tls-termination':
    case 'tcp':
      return buildTcpChains(context, server);
    case 'tls-passthrough':
      return server.tls?.mode === 'AUTO_PASSTHROUGH'
        ? buildMeshTrafficChains(context, server)
        : buildPassthroughChains(context, server, options.claimedNames);
  }
}

function httpChain(context: GatewayContext, server: GatewayServer, { listenerName }: ServerChainOptions): GatewayChain {
  const { kind, name, routeName, port, sniHosts } = server;
  const endsTls = kind === 'https';
  const isNamed = endsTls && name !== '';
  const connectionManager = buildConnectionManager(context, {
    listenerClass: 'gateway',
    statPrefix: isNamed ? name : `outbound_${listenerName}`,
    literalStatPrefix: isNamed,
    routes: { name: routeName },
    protocol: port.protocol,
  });
  return {
    serverNames: endsTls ? sniHosts : [],
    filters: [connectionManager],
    ...(endsTls && { transportSocket: gatewayTlsSocket(context.view, server) }),
  };
}
