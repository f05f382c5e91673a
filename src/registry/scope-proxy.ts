import type { IstioEgressListener } from '../model/istio/sidecar.ts';
import type { Proxy } from '../model/proxy.ts';
import type { Service } from '../model/service.ts';
import { chooseDestinationRule } from './destination-rules/choose-destination-rule.ts';
import type { ConsolidatedRule } from './destination-rules/consolidated-rule.ts';
import { indexDestinationRules } from './destination-rules/index-destination-rules.ts';
import type { Mesh } from './mesh.ts';
import type { EgressListener, ProxyView, SelectedVirtualService } from './proxy-view.ts';
import { orderServices } from './services/order-services.ts';
import { firstOfNamespace, importDestinations } from './sidecar-scope/import-destinations.ts';
import { type EgressHosts, readEgressHosts } from './sidecar-scope/imported-hosts.ts';
import { listenerPort, restrictToPort } from './sidecar-scope/restrict-ports.ts';
import { selectServices } from './sidecar-scope/select-services.ts';
import { selectSidecar } from './sidecar-scope/select-sidecar.ts';
import { selectVirtualServices } from './sidecar-scope/select-virtual-services.ts';
import { ServiceUnion } from './sidecar-scope/service-union.ts';
import { placeProxy } from './topology-labels.ts';
import { indexVirtualServices } from './virtual-services/index-virtual-services.ts';
import { isVisible, listVisible } from './visibility.ts';

/**
 * What one proxy sees of the mesh: what its Sidecar imports, or everything that is exported to its namespace, with the
 * rules and routes for it. Source: istio `pilot/pkg/model/sidecar.go`, convertToSidecarScope.
 */
export function scopeProxy(mesh: Mesh, given: Proxy): ProxyView {
  const proxy = placeProxy(given, mesh.workloadLabelsOf(given));
  const sidecar = selectSidecar(proxy, mesh.resources.Sidecar, mesh.rootNamespace);
  const scope: Scope = {
    mesh,
    proxy,
    visible: listVisible(mesh.services, proxy.namespace, mesh.profile),
    virtualServices: indexVirtualServices(mesh.resources.VirtualService, mesh).forGateway('mesh', proxy.namespace),
  };
  const egressListeners =
    proxy.type === 'sidecar' ? convertEgress(scope, sidecar?.spec.egress) : [defaultListener(scope)];
  const union = unite(scope, egressListeners);
  const rulesFor = findDestinationRules(scope, union);
  return {
    mesh,
    proxy,
    ...(sidecar && { sidecar }),
    outboundTrafficPolicy: sidecar?.spec.outboundTrafficPolicy ?? { mode: meshMode(mesh) },
    egressListeners,
    services: union.list(),
    serviceFor: (hostname) => union.get(hostname),
    destinationRuleFor: ({ hostname }) => chooseDestinationRule(rulesFor(hostname), proxy, 'outbound'),
    inboundDestinationRuleFor: ({ hostname }) => chooseDestinationRule(rulesFor(hostname), proxy, 'inbound'),
    targets: mesh.targetsOf(proxy),
  };
}

/** Every mode but ALLOW_ANY is handled as REGISTRY_ONLY. */
function meshMode({ configuration }: Mesh): 'ALLOW_ANY' | 'REGISTRY_ONLY' {
  return configuration.outboundTrafficPolicy?.mode === 'ALLOW_ANY' ? 'ALLOW_ANY' : 'REGISTRY_ONLY';
}

interface Scope {
  readonly mesh: Mesh;
  readonly proxy: Proxy;
  readonly visible: readonly Service[];
  readonly virtualServices: readonly SelectedVirtualService[];
}

function convertEgress(scope: Scope, egress: readonly IstioEgressListener[] | undefined): readonly EgressListener[] {
  return egress?.length ? egress.map((listener) => convertListener(scope, listener)) : [convertListener(scope)];
}

/** Without a configuration: the one listener that imports everything visible. */
function convertListener(
  { mesh, proxy: { namespace }, visible, virtualServices }: Scope,
  configuration?: IstioEgressListener,
): EgressListener {
  const hosts = readEgressHosts(configuration ? (configuration.hosts ?? []) : ['*/*'], namespace, mesh.profile);
  const port = listenerPort(configuration);
  return {
    ...(configuration && { configuration }),
    services: selectServices({
      visible:
        mesh.profile.exactHostsImportOneService && hosts.exact ? listExact(mesh, hosts.exact, namespace) : visible,
      namespace,
      hosts,
      restrict: port === undefined ? (service) => service : restrictToPort(port),
    }),
    virtualServices: selectVirtualServices(virtualServices, hosts, namespace),
  };
}

/** The one service that stands for each of the hosts, in istiod's order. */
function listExact(
  { servicesByHostname }: Mesh,
  hosts: NonNullable<EgressHosts['exact']>,
  ownNamespace: string,
): readonly Service[] {
  const found = hosts.flatMap(({ namespace, host }) => {
    const services = servicesByHostname.get(host) ?? [];
    return firstOfNamespace(services.filter((service) => service.namespace === namespace)) ?? [];
  });
  return orderServices([...new Set(found)].filter(({ visibility }) => isVisible(visibility, ownNamespace)));
}

/** Gateways and waypoints know no Sidecar. */
function defaultListener({ visible, virtualServices }: Scope): EgressListener {
  return { services: visible, virtualServices };
}

/** A sidecar also sees the services that its VirtualServices lead to. */
function unite({ mesh, proxy }: Scope, listeners: readonly EgressListener[]): ServiceUnion {
  const union = new ServiceUnion();
  for (const listener of listeners) {
    for (const service of listener.services) union.add(service);
    if (proxy.type !== 'sidecar') continue;
    importDestinations(union, {
      listener,
      servicesByHostname: mesh.servicesByHostname,
      namespace: proxy.namespace,
      profile: mesh.profile,
    });
  }
  return union;
}

/** Rules are looked up once for each host, and only for hosts that the proxy sees. */
function findDestinationRules(
  { mesh, proxy }: Scope,
  union: ServiceUnion,
): (hostname: string) => readonly ConsolidatedRule[] {
  const rules = indexDestinationRules(mesh.resources.DestinationRule, mesh);
  const known = new Map<string, readonly ConsolidatedRule[]>();
  return (hostname) => {
    const found = known.get(hostname);
    if (found) return found;
    const service = union.get(hostname);
    const listed = service ? rules.find(service, proxy.namespace) : [];
    known.set(hostname, listed);
    return listed;
  };
}
