import type { MeshConfig } from '../../model/istio/mesh-config.ts';
import { indexPeerAuthentications, type PeerAuthentications } from '../../registry/peer-authentication.ts';
import { proxyConfigOf } from '../../registry/proxy-config-of.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import { OutboundNames } from '../../xds/outbound-names.ts';
import { Localities } from '../endpoints/localities.ts';
import { type ProxyCertificates, readProxyCertificates } from '../tls/client-tls.ts';
import { readSecretServers, type SecretServers } from '../tls/secret-servers.ts';
import { ClusterTemplates } from './cluster-templates.ts';
import { type DnsDiscovery, planDnsDiscovery } from './discovery.ts';
import { MetadataOfService } from './metadata-of-service.ts';

/** What all clusters of one proxy have in common, found once. */
export interface ClusterContext {
  readonly view: ProxyView;
  readonly mesh: MeshConfig;
  readonly peerAuthentications: PeerAuthentications;
  readonly proxyCertificates: ProxyCertificates | undefined;
  readonly secretServers: SecretServers;
  /** Whether HTTP/1.1 headers keep their case. */
  readonly preserveCase: boolean;
  readonly dns: DnsDiscovery;
  readonly templates: ClusterTemplates;
  readonly localities: Localities;
  readonly names: OutboundNames;
  readonly metadata: MetadataOfService;
}

export function planClusters(view: ProxyView): ClusterContext {
  const { mesh, proxy } = view;
  return {
    view,
    mesh: mesh.configuration,
    peerAuthentications: indexPeerAuthentications(mesh.resources.PeerAuthentication, mesh.rootNamespace),
    proxyCertificates: readProxyCertificates(proxy.metadata),
    secretServers: readSecretServers(view, 'client'),
    preserveCase: proxyConfigOf(view).proxyHeaders?.preserveHttp1HeaderCase ?? false,
    dns: planDnsDiscovery(mesh.configuration, proxy),
    templates: new ClusterTemplates(),
    localities: new Localities(),
    names: new OutboundNames(),
    metadata: new MetadataOfService(),
  };
}
