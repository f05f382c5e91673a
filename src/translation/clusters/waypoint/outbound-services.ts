import type { ExtensionProvider } from '../../../model/istio/extension-provider.ts';
import type { VirtualService } from '../../../model/istio/virtual-service.ts';
import type { Service } from '../../../model/service.ts';
import { listDestinations } from '../../../registry/sidecar-scope/list-destinations.ts';
import { mergeDelegates } from '../../../registry/virtual-services/merge-delegates.ts';
import type { WaypointView } from '../../../registry/waypoints/waypoint-view.ts';

/**
 * The services that a waypoint calls like any client: those that VirtualServices route its own to and that are not its
 * own or lie outside the mesh, and those of telemetry and authorization providers.
 * Source: istio `pilot/pkg/networking/core/waypoint.go`, filterWaypointOutboundServices.
 */
export function selectOutboundServices(view: WaypointView): readonly Service[] {
  const routed = listRoutedHosts(view);
  const { hostnames, qualified } = listProviderServices(view);
  return view.services.filter(
    ({ hostname, namespace }) =>
      routed.has(hostname) || hostnames.has(hostname) || qualified.has(`${namespace}/${hostname}`),
  );
}

/** Every VirtualService for the mesh counts, whether or not the waypoint may see it; its hosts must be spelled out. */
function listRoutedHosts({ mesh, attachedServices }: WaypointView): ReadonlySet<string> {
  const attached = new Map(attachedServices.map((service) => [service.hostname, service]));
  const routed = new Set<string>();
  for (const { spec } of mergeDelegates(mesh)) {
    const isRelevant = isForMesh(spec) && spec.hosts?.some((host) => attached.has(host));
    if (!isRelevant) continue;
    for (const [host] of listDestinations(spec, '')) {
      const own = attached.get(host);
      if (!own || own.meshExternal) routed.add(host);
    }
  }
  return routed;
}

function isForMesh({ gateways = [] }: VirtualService): boolean {
  return gateways.length === 0 || gateways.includes('mesh');
}

const providerKinds = [
  'envoyExtAuthzHttp',
  'envoyExtAuthzGrpc',
  'zipkin',
  'datadog',
  'skywalking',
  'opentelemetry',
  'envoyHttpAls',
  'envoyTcpAls',
  'envoyOtelAls',
  'sds',
] as const satisfies readonly (keyof ExtensionProvider)[];

interface ProviderServices {
  readonly hostnames: ReadonlySet<string>;
  /** namespace/hostname. */
  readonly qualified: ReadonlySet<string>;
}

function listProviderServices({ mesh }: WaypointView): ProviderServices {
  const named = (mesh.configuration.extensionProviders ?? []).flatMap((provider) =>
    providerKinds.map((kind) => provider[kind]?.service ?? ''),
  );
  return {
    hostnames: new Set(named.filter((name) => !name.includes('/'))),
    qualified: new Set(named.filter((name) => name.includes('/'))),
  };
}
