import type { MeshConfig } from '../../model/istio/mesh-config.ts';
import type { Proxy } from '../../model/proxy.ts';
import type { Service } from '../../model/service.ts';
import type { Profile } from '../../profiles/profile.ts';
import { frozen } from '../../xds/frozen.ts';
import type { Cluster, ClusterDiscoveryType, ClusterDnsLookupFamily, ConfigSource } from '../../xds/types.ts';

/**
 * Where Envoy gets the endpoints of a service.
 * Source: istio `pilot/pkg/networking/core/cluster.go`, convertResolution.
 */
export function discoveryType(service: Service, proxy: Proxy, profile: Profile): ClusterDiscoveryType {
  switch (service.resolution) {
    case 'dns':
      return racesConnections(service, profile) ? 'LOGICAL_DNS' : 'STRICT_DNS';
    case 'dns-round-robin':
      return 'LOGICAL_DNS';
    case 'passthrough':
      // A gateway has no original destination to pass a connection on to.
      return proxy.type === 'router' ? 'EDS' : 'ORIGINAL_DST';
    default:
      return 'EDS';
  }
}

export function isDns(type: ClusterDiscoveryType | 'dynamic-forward-proxy'): boolean {
  return type === 'STRICT_DNS' || type === 'LOGICAL_DNS';
}

/** The annotation asks Envoy to try all addresses of a name at once and take the first that connects. */
export function racesConnections({ origin }: Service, profile: Profile): boolean {
  if (origin.kind !== 'ServiceEntry') return false;
  const strategy = origin.metadata.annotations['istio.io/connect-strategy'];
  return strategy?.toUpperCase() === 'RACE_FIRST_TCP_CONNECT' && profile.dnsConnectStrategy;
}

export type DnsFields = Pick<
  Cluster,
  'dnsLookupFamily' | 'dnsRefreshRate' | 'dnsJitter' | 'respectDnsTtl' | 'typedDnsResolverConfig'
>;

/** The fields that all DNS clusters of one proxy share. */
export interface DnsDiscovery {
  readonly ofFamily: DnsFields;
  /** For services that race the connections to all addresses. */
  readonly ofAllFamilies: DnsFields;
}

/** A proxy with addresses of both families still resolves IPv4 alone: istiod's dual stack is off by default. */
export function dnsLookupFamily({ ipMode }: Proxy): ClusterDnsLookupFamily {
  return ipMode === 'IPv6' ? 'V6_ONLY' : 'V4_ONLY';
}

export function planDnsDiscovery(mesh: MeshConfig, proxy: Proxy): DnsDiscovery {
  const fields: DnsFields = {
    dnsLookupFamily: dnsLookupFamily(proxy),
    ...(mesh.dnsRefreshRate !== undefined && { dnsRefreshRate: mesh.dnsRefreshRate }),
    dnsJitter: '0.100s',
    respectDnsTtl: true,
    typedDnsResolverConfig: {
      name: 'envoy.network.dns_resolver.cares',
      typedConfig: {
        '@type': 'type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig',
        udpMaxQueries: 100,
      },
    },
  };
  return frozen({ ofFamily: fields, ofAllFamilies: { ...fields, dnsLookupFamily: 'ALL' } });
}

export function dnsFields(dns: DnsDiscovery, service: Service, profile: Profile): DnsFields {
  return racesConnections(service, profile) ? dns.ofAllFamilies : dns.ofFamily;
}

const aggregatedSource: ConfigSource = frozen({
  ads: {},
  initialFetchTimeout: '0s',
  resourceApiVersion: 'V3',
});

/** Endpoints that istiod sends by themselves, under the name of the cluster. */
export function askForEndpoints(serviceName: string): NonNullable<Cluster['edsClusterConfig']> {
  return { edsConfig: aggregatedSource, serviceName };
}

/** A ServiceEntry without resolution may send a port's traffic to another port of the original destination. */
export function originalDestinationFields(
  service: Service | undefined,
  port: number,
): Pick<Cluster, 'originalDstLbConfig'> {
  const originalDstLbConfig = service && overridePort(service, port);
  return originalDstLbConfig ? { originalDstLbConfig } : {};
}

export function overridePort({ origin, resolution }: Service, port: number): Cluster['originalDstLbConfig'] {
  if (origin.kind !== 'ServiceEntry' || resolution !== 'passthrough') return undefined;
  const upstreamPortOverride = origin.spec.ports?.findLast(({ number }) => number === port)?.targetPort;
  return upstreamPortOverride ? { upstreamPortOverride } : undefined;
}
