import type { Address, Cluster } from '../../../xds/types.ts';
import { defaultCircuitBreakers } from '../circuit-breakers.ts';
import { typedOptions, versionOptions } from '../protocol-options.ts';
import { internalSocket, rawBuffer } from './internal-sockets.ts';

/** The one endpoint that a cluster to an internal listener has. */
export function internalEndpoint(clusterName: string, listenerName: string): NonNullable<Cluster['loadAssignment']> {
  const address: Address = { envoyInternalAddress: { serverListenerName: listenerName } };
  return { clusterName, endpoints: [{ lbEndpoints: [{ endpoint: { address } }] }] };
}

/** A cluster that hands connections over to another listener of the same proxy. */
export function buildInternalCluster(name: string, listenerName: string): Cluster {
  return {
    name,
    type: 'STATIC',
    altStatName: `${name};`,
    circuitBreakers: defaultCircuitBreakers,
    loadAssignment: internalEndpoint(name, listenerName),
    transportSocket: internalSocket(rawBuffer),
    ...typedOptions({
      commonHttpProtocolOptions: { idleTimeout: '300s' },
      ...versionOptions({ kind: 'downstream', preserveCase: false }),
    }),
  };
}
