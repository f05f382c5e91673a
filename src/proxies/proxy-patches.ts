import { type Patches, preparePatches } from '../patches/prepare-patches.ts';
import type { MergedGateway } from '../registry/gateways/merged-gateway.ts';
import type { ProxyView } from '../registry/proxy-view.ts';
import { selectEnvoyFilters } from '../registry/select-envoy-filters.ts';

/** The EnvoyFilters for a proxy, with what they need to know of the mesh. */
export function preparePatchesFor(view: ProxyView, gateway?: MergedGateway): Patches {
  const { mesh, proxy } = view;
  const filters = selectEnvoyFilters(view);
  return preparePatches({
    proxy,
    filters,
    boundsVersionPatterns: filters.length > 0 && mesh.profile.boundsVersionPatterns,
    hostsOfPort: (port) => hostsOfPort(view, port),
    serverPortsByRoute: new Map(
      [...(gateway?.serversByRouteName ?? [])].map(([name, servers]) => [name, servers.map(({ port }) => port.number)]),
    ),
    report: mesh.report,
  });
}

/** An ingress listener of a Sidecar that stands for no service goes by the name of the Sidecar. */
function hostsOfPort({ sidecar, targets }: ProxyView, port: number): readonly string[] {
  const hosts = targets.filter(({ targetPort }) => targetPort === port).map(({ service }) => service.hostname);
  if (!sidecar?.spec.ingress?.length) return hosts;
  const { name, namespace } = sidecar.metadata;
  return [hosts[0] ?? `${name}.${namespace}`];
}
