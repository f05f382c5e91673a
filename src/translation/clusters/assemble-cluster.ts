import type { Draft } from '../../xds/draft.ts';
import type { Cluster } from '../../xds/types.ts';
import type { SharedFields } from './cluster-templates.ts';
import { metadataExchange } from './metadata-exchange.ts';

/** The fields of an outbound cluster that are its own. */
export interface OwnFields {
  readonly name: string;
  readonly altStatName: string;
  readonly clusterType: Cluster['clusterType'] | undefined;
  readonly loadAssignment: Cluster['loadAssignment'] | undefined;
  readonly edsClusterConfig: Cluster['edsClusterConfig'] | undefined;
  readonly originalDstLbConfig: Cluster['originalDstLbConfig'] | undefined;
  readonly sockets: Pick<Cluster, 'transportSocket' | 'transportSocketMatches'>;
  readonly metadata: Cluster['metadata'] | undefined;
}

type ClusterConstructor = new (own: OwnFields, shared: SharedFields) => Cluster;

/**
 * A constructor, because engines give all its objects room for as many fields as the first ones got; what a literal gets
 * later lies in a second object. Its prototype is that of literals, so that what it makes is a plain object.
 */
function layOut(): ClusterConstructor {
  /** In the order of istiod; what is undefined is left out. */
  function OutboundCluster(this: Draft<Cluster>, own: OwnFields, shared: SharedFields): void {
    const { type, dns, connectionPool, loadBalancing } = shared;
    this.name = own.name;
    if (type !== undefined) this.type = type;
    this.altStatName = own.altStatName;
    if (own.clusterType !== undefined) {
      if (loadBalancing.lbPolicy !== undefined) this.lbPolicy = loadBalancing.lbPolicy;
      this.clusterType = own.clusterType;
    }
    if (dns !== undefined) {
      if (dns.dnsLookupFamily !== undefined) this.dnsLookupFamily = dns.dnsLookupFamily;
      if (dns.dnsRefreshRate !== undefined) this.dnsRefreshRate = dns.dnsRefreshRate;
      if (dns.dnsJitter !== undefined) this.dnsJitter = dns.dnsJitter;
      if (dns.respectDnsTtl !== undefined) this.respectDnsTtl = dns.respectDnsTtl;
      if (dns.typedDnsResolverConfig !== undefined) this.typedDnsResolverConfig = dns.typedDnsResolverConfig;
    }
    if (own.loadAssignment !== undefined) this.loadAssignment = own.loadAssignment;
    if (own.edsClusterConfig !== undefined) this.edsClusterConfig = own.edsClusterConfig;
    if (own.originalDstLbConfig !== undefined) this.originalDstLbConfig = own.originalDstLbConfig;
    const { connectTimeout, circuitBreakers, upstreamConnectionOptions } = connectionPool;
    if (connectTimeout !== undefined) this.connectTimeout = connectTimeout;
    if (circuitBreakers !== undefined) this.circuitBreakers = circuitBreakers;
    if (upstreamConnectionOptions !== undefined) this.upstreamConnectionOptions = upstreamConnectionOptions;
    if (shared.outlierDetection !== undefined) this.outlierDetection = shared.outlierDetection;
    if (own.clusterType === undefined) {
      const { lbPolicy, leastRequestLbConfig, roundRobinLbConfig, maglevLbConfig, ringHashLbConfig } = loadBalancing;
      if (lbPolicy !== undefined) this.lbPolicy = lbPolicy;
      if (leastRequestLbConfig !== undefined) this.leastRequestLbConfig = leastRequestLbConfig;
      if (roundRobinLbConfig !== undefined) this.roundRobinLbConfig = roundRobinLbConfig;
      if (maglevLbConfig !== undefined) this.maglevLbConfig = maglevLbConfig;
      if (ringHashLbConfig !== undefined) this.ringHashLbConfig = ringHashLbConfig;
    }
    if (shared.commonLbConfig !== undefined) this.commonLbConfig = shared.commonLbConfig;
    const { transportSocket, transportSocketMatches } = own.sockets;
    if (transportSocket !== undefined) this.transportSocket = transportSocket;
    if (transportSocketMatches !== undefined) this.transportSocketMatches = transportSocketMatches;
    const { typedExtensionProtocolOptions } = shared;
    if (typedExtensionProtocolOptions !== undefined) this.typedExtensionProtocolOptions = typedExtensionProtocolOptions;
    if (own.metadata !== undefined) this.metadata = own.metadata;
    this.filters = metadataExchange.filters;
  }
  OutboundCluster.prototype = Object.prototype;
  return OutboundCluster as unknown as ClusterConstructor;
}

// One for each kind: their numbers of fields differ.
const ResolvingCluster = layOut();
const AskingCluster = layOut();
const OtherCluster = layOut();

/** Puts an outbound cluster together. */
export function assembleCluster(own: OwnFields, shared: SharedFields): Cluster {
  if (shared.dns) return new ResolvingCluster(own, shared);
  return shared.type === 'EDS' ? new AskingCluster(own, shared) : new OtherCluster(own, shared);
}
