import type { Cluster, LbEndpoint } from '../xds/types.ts';
import { mapObjects, without } from './map-objects.ts';

/** The local port that stands for each endpoint. */
export class EndpointPorts {
  readonly #ports = new Map<string, number>();
  readonly #next: () => number;

  constructor(next: () => number) {
    this.#next = next;
  }

  of(endpoint: string): number {
    const known = this.#ports.get(endpoint);
    if (known !== undefined) return known;
    const port = this.#next();
    this.#ports.set(endpoint, port);
    return port;
  }

  all(): readonly (readonly [string, number])[] {
    return [...this.#ports];
  }
}

/** Takes back that a server's certificate must hold the requested name: upstreams of a demo all show the same one. */
export function acceptAnyName(cluster: Cluster): Cluster {
  return mapObjects(cluster, (object) => without(object, 'autoSanValidation'));
}

/** A cluster whose endpoints are local: weights, localities and priorities stay as they are. */
export function demoCluster(cluster: Cluster, ports: EndpointPorts): Cluster {
  if (cluster.clusterType || cluster.type === 'ORIGINAL_DST') return anywhere(cluster, ports);
  const { loadAssignment } = cluster;
  if (!loadAssignment) return cluster;
  return {
    ...without(cluster, 'typedDnsResolverConfig', 'dnsRefreshRate', 'dnsLookupFamily', 'respectDnsTtl', 'dnsJitter'),
    type: 'STATIC',
    loadAssignment: {
      ...loadAssignment,
      endpoints: (loadAssignment.endpoints ?? []).map((locality) => ({
        ...locality,
        ...(locality.lbEndpoints && { lbEndpoints: locality.lbEndpoints.map((one) => localEndpoint(one, ports)) }),
      })),
    },
  };
}

/** The cluster would connect to wherever the client or the name points to: one upstream stands for all of it. */
function anywhere(cluster: Cluster, ports: EndpointPorts): Cluster {
  const endpoint = { address: local(ports.of(`any address (${cluster.name})`)) };
  return {
    ...without(cluster, 'clusterType', 'lbPolicy', 'originalDstLbConfig', 'cleanupInterval'),
    type: 'STATIC',
    loadAssignment: { clusterName: cluster.name, endpoints: [{ lbEndpoints: [{ endpoint }] }] },
  };
}

function localEndpoint(one: LbEndpoint, ports: EndpointPorts): LbEndpoint {
  const wanted = one.endpoint?.address?.socketAddress;
  if (!wanted) return one;
  return { ...one, endpoint: { ...one.endpoint, address: local(ports.of(`${wanted.address}:${wanted.portValue}`)) } };
}

const local = (portValue: number) => ({ socketAddress: { address: '127.0.0.1', portValue } });
