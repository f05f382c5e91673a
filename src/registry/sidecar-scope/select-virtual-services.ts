import type { SelectedVirtualService } from '../proxy-view.ts';
import type { EgressHosts } from './imported-hosts.ts';

/**
 * The VirtualServices that an egress listener imports: those of which one host is. Ones made from the Gateway API come
 * before the others where they stand in the proxy's own namespace, and need to lie within the import.
 * Source: istio `pilot/pkg/model/virtualservice.go`, SelectVirtualServices.
 */
export function selectVirtualServices(
  all: readonly SelectedVirtualService[],
  hosts: EgressHosts,
  ownNamespace: string,
): readonly SelectedVirtualService[] {
  const selected = hosts.importsEverything ? all : all.filter((virtualService) => isImported(virtualService, hosts));
  const comesFirst = (virtualService: SelectedVirtualService): boolean =>
    isFromGatewayApi(virtualService) && virtualService.metadata.namespace === ownNamespace;
  if (!selected.some(comesFirst)) return selected;
  return [...selected.filter(comesFirst), ...selected.filter((virtualService) => !comesFirst(virtualService))];
}

function isImported(virtualService: SelectedVirtualService, egress: EgressHosts): boolean {
  const { metadata, spec } = virtualService;
  const fromGatewayApi = isFromGatewayApi(virtualService);
  const hosts = (spec.hosts ?? []).filter((host) => !egress.excludes(metadata.namespace, host));
  return egress
    .importedFrom(metadata.namespace)
    .some((imported) => hosts.some((host) => (fromGatewayApi ? imported.covers(host) : imported.overlaps(host))));
}

function isFromGatewayApi({ metadata }: SelectedVirtualService): boolean {
  return metadata.annotations['internal.istio.io/route-semantics'] === 'gateway';
}
