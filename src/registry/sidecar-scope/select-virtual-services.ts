import type { SelectedVirtualService } from '../proxy-view.ts';
import type { ImportedHosts } from './imported-hosts.ts';

/**
 * The VirtualServices that an egress listener imports: those of which one host is. Ones made from the Gateway API come
 * before the others where they stand in the proxy's own namespace, and need to lie within the import.
 * Source: istio `pilot/pkg/model/virtualservice.go`, SelectVirtualServices.
 */
export function selectVirtualServices(
  all: readonly SelectedVirtualService[],
  imported: ReadonlyMap<string, ImportedHosts>,
  ownNamespace: string,
): readonly SelectedVirtualService[] {
  const selected = all.filter((virtualService) => isImported(virtualService, imported));
  const comesFirst = (virtualService: SelectedVirtualService): boolean =>
    isFromGatewayApi(virtualService) && virtualService.metadata.namespace === ownNamespace;
  return [...selected.filter(comesFirst), ...selected.filter((virtualService) => !comesFirst(virtualService))];
}

function isImported(virtualService: SelectedVirtualService, imported: ReadonlyMap<string, ImportedHosts>): boolean {
  const { metadata, spec } = virtualService;
  const fromGatewayApi = isFromGatewayApi(virtualService);
  return [imported.get(metadata.namespace), imported.get('*')].some(
    (hosts) => hosts && spec.hosts?.some((host) => (fromGatewayApi ? hosts.covers(host) : hosts.overlaps(host))),
  );
}

function isFromGatewayApi({ metadata }: SelectedVirtualService): boolean {
  return metadata.annotations['internal.istio.io/route-semantics'] === 'gateway';
}
