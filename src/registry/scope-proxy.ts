import type { IstioEgressListener } from '../model/istio/sidecar.ts';
import { forgetful, type Memory } from '../model/memory.ts';
import type { Proxy } from '../model/proxy.ts';
import type { Service } from '../model/service.ts';
import { chooseDestinationRule } from './destination-rules/choose-destination-rule.ts';
import { indexDestinationRules } from './destination-rules/index-destination-rules.ts';
import type { Mesh } from './mesh.ts';
import type { EgressListener, KnownHost, ProxyView, SelectedVirtualService } from './proxy-view.ts';
import { orderServices } from './services/order-services.ts';
import { firstOfNamespace, importDestinations } from './sidecar-scope/import-destinations.ts';
import { type EgressHosts, namesOwnNamespace, readEgressHosts } from './sidecar-scope/imported-hosts.ts';
import { listenerPort, restrictToPort } from './sidecar-scope/restrict-ports.ts';
import { hostnameOf, selectServices } from './sidecar-scope/select-services.ts';
import { selectSidecar } from './sidecar-scope/select-sidecar.ts';
import { selectVirtualServices } from './sidecar-scope/select-virtual-services.ts';
import { uniteAll, uniteServices } from './sidecar-scope/service-union.ts';
import { placeProxy } from './topology-labels.ts';
import { indexVirtualServices } from './virtual-services/index-virtual-services.ts';
import { isVisible, listVisible } from './visibility.ts';

/**
 * What one proxy sees of the mesh: what its Sidecar imports, or everything that is exported to its namespace, with the
 * rules and routes for it. Source: istio `pilot/pkg/model/sidecar.go`, convertToSidecarScope.
 */
export function scopeProxy(mesh: Mesh, given: Proxy, memory: Memory = forgetful(mesh.report)): ProxyView {
  const proxy = placeProxy(given, mesh.workloadLabelsOf(given));
  const sidecar = selectSidecar(proxy, mesh.resources.Sidecar, mesh.rootNamespace);
  const scope: Scope = {
    mesh,
    proxy,
    memory,
    visible: memory.once('visible services', [mesh.services, proxy.namespace], () =>
      listVisible(mesh.services, proxy.namespace, mesh.profile),
    ),
    virtualServices: indexVirtualServices(mesh).forGateway('mesh', proxy.namespace),
  };
  const egressListeners =
    proxy.type === 'sidecar' ? convertEgress(scope, sidecar?.spec.egress) : [defaultListener(scope)];
  const services = unite(scope, egressListeners);
  const knownHosts = listKnownHosts(scope, services);
  const knownByName = memory.index('known hosts', knownHosts, nameOf);
  return {
    mesh,
    proxy: memory.watch(proxy),
    ...(sidecar && { sidecar }),
    outboundTrafficPolicy: sidecar?.spec.outboundTrafficPolicy ?? { mode: meshMode(mesh) },
    egressListeners,
    services,
    knownHosts,
    knownByName,
    serviceFor: (hostname) => knownByName.get(hostname)?.service,
    destinationRuleFor: ({ hostname }) => knownByName.get(hostname)?.outboundRule,
    inboundDestinationRuleFor: ({ hostname }) => knownByName.get(hostname)?.inboundRule,
    memory,
    targets: mesh.targetsOf(proxy, memory),
  };
}

/** Every mode but ALLOW_ANY is handled as REGISTRY_ONLY. */
function meshMode({ configuration }: Mesh): 'ALLOW_ANY' | 'REGISTRY_ONLY' {
  return configuration.outboundTrafficPolicy?.mode === 'ALLOW_ANY' ? 'ALLOW_ANY' : 'REGISTRY_ONLY';
}

interface Scope {
  readonly mesh: Mesh;
  readonly memory: Memory;
  readonly proxy: Proxy;
  readonly visible: readonly Service[];
  readonly virtualServices: readonly SelectedVirtualService[];
}

function convertEgress(scope: Scope, egress: readonly IstioEgressListener[] | undefined): readonly EgressListener[] {
  if (!egress?.length) return [convertListener(scope, 0)];
  return egress.map((configuration, index) => convertListener(scope, index, configuration));
}

/** Without a configuration: the one listener that imports everything visible. */
function convertListener(
  { mesh, memory, proxy: { namespace }, visible, virtualServices }: Scope,
  index: number,
  configuration?: IstioEgressListener,
): EgressListener {
  const asked = configuration ? (configuration.hosts ?? []) : ['*/*'];
  const hosts = memory.once(`egress hosts ${index}`, [configuration, asked.some(namesOwnNamespace) && namespace], () =>
    readEgressHosts(asked, namespace, mesh.profile),
  );
  const port = listenerPort(configuration);
  return {
    ...(configuration && { configuration }),
    services: selectServices({
      visible:
        hosts.exact && mesh.profile.exactHostsImportOneService ? listExact(mesh, hosts.exact, namespace) : visible,
      namespace,
      areDistinct: areDistinct(mesh),
      hosts,
      restrict: port === undefined ? undefined : restrictToPort(port),
      memory,
      index,
    }),
    virtualServices: memory.once(`imported VirtualServices ${index}`, [virtualServices, hosts, namespace], () =>
      memory.settle(`imported VirtualServices ${index}`, selectVirtualServices(virtualServices, hosts, namespace)),
    ),
  };
}

/** Whether each host has one service. */
function areDistinct({ services, servicesByHostname }: Mesh): boolean {
  return servicesByHostname.size === services.length;
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
function unite(scope: Scope, listeners: readonly EgressListener[]): readonly Service[] {
  const { mesh, proxy, memory, visible } = scope;
  // To all that it may see, nothing can be added.
  if (areDistinct(mesh) && listeners[0]?.services === visible && !hidesOwn(scope)) return visible;
  const parts = listeners.flatMap((listener, index) => {
    if (proxy.type !== 'sidecar') return [listener.services];
    const { servicesByHostname, profile } = mesh;
    const { namespace } = proxy;
    const imported = importDestinations(listener, { servicesByHostname, namespace, profile, memory, index });
    return [listener.services, imported];
  });
  return memory.once('seen services', parts, () => listDistinct(parts, memory) ?? uniteAll(parts));
}

/** Routes lead to services of the proxy's own namespace even where they are not exported to it. */
function hidesOwn({ mesh: { services }, proxy: { namespace }, visible }: Scope): boolean {
  if (visible.length === services.length) return false;
  return services.some((service) => service.namespace === namespace && !isVisible(service.visibility, namespace));
}

/** Mostly, the first list has each host once, and the others add nothing to it. */
function listDistinct(
  [first = [], ...others]: readonly (readonly Service[])[],
  memory: Memory,
): readonly Service[] | undefined {
  const byHost = memory.index('seen services', first, hostnameOf);
  if (byHost.size !== first.length) return undefined;
  for (const services of others)
    for (const service of services) if (!addsNothing(byHost.get(service.hostname), service)) return undefined;
  return first;
}

function addsNothing(known: Service | undefined, service: Service): boolean {
  return known !== undefined && uniteServices(known, service) === known;
}

/** Rules are looked up once for each service, and only for those that the proxy sees. */
function listKnownHosts({ mesh, proxy, memory }: Scope, services: readonly Service[]): readonly KnownHost[] {
  const rules = indexDestinationRules(mesh);
  const know = (service: Service): KnownHost => {
    const found = rules.find(service, proxy.namespace);
    if (found.length === 0) return { service, outboundRule: undefined, inboundRule: undefined };
    return {
      service,
      outboundRule: chooseDestinationRule(found, proxy, 'outbound'),
      inboundRule: chooseDestinationRule(found, proxy, 'inbound'),
    };
  };
  const labels = memory.settle('labels', proxy.labels);
  return memory.mapEach('known hosts', services, know, {
    of(service) {
      const { outboundRule, inboundRule } = know(service);
      return [outboundRule, inboundRule];
    },
    version: memory.once('rule version', [rules.wildcards, proxy.namespace, labels], () => ({})),
    lookups: rules.lookups,
  });
}

const nameOf = ({ service }: KnownHost): string => service.hostname;
