import type { Visibility } from '../../model/service.ts';
import type { Mesh } from '../mesh.ts';
import { compareByCreation } from '../order.ts';
import type { SelectedVirtualService } from '../proxy-view.ts';
import { readVisibility, usableDefault } from '../visibility.ts';
import { mergeDelegates } from './merge-delegates.ts';

export interface VirtualServices {
  /**
   * Those that apply to a namespace's proxies of one gateway (`mesh` for sidecars): private ones first, then the ones
   * exported to that namespace by name, then those for everybody, each in the order of their creation.
   */
  forGateway(gateway: string, namespace: string): readonly SelectedVirtualService[];
}

interface Indexed {
  readonly virtualService: SelectedVirtualService;
  readonly gateways: readonly string[];
  readonly visibility: Visibility;
}

/** Source: istio `pilot/pkg/model/push_context.go`, initVirtualServices. */
export function indexVirtualServices(mesh: Mesh): VirtualServices {
  const { VirtualService: resources } = mesh.resources;
  return mesh.memory.once('virtual services', [resources], () => index(mergeDelegates(mesh), mesh));
}

function index(merged: readonly SelectedVirtualService[], { configuration, profile }: Mesh): VirtualServices {
  const indexed = merged.toSorted(compareByCreation).map((virtualService): Indexed => {
    const { metadata, spec } = virtualService;
    return {
      virtualService,
      gateways: spec.gateways?.length ? spec.gateways : ['mesh'],
      visibility: readVisibility(
        spec.exportTo ?? [],
        metadata.namespace,
        usableDefault(configuration.defaultVirtualServiceExportTo, profile),
      ),
    };
  });
  const listed = new Map<string, readonly SelectedVirtualService[]>();
  return {
    forGateway(gateway, namespace) {
      const key = `${namespace} ${gateway}`;
      const known = listed.get(key) ?? listFor(indexed, gateway, namespace);
      listed.set(key, known);
      return known;
    },
  };
}

function listFor(indexed: readonly Indexed[], gateway: string, namespace: string): readonly SelectedVirtualService[] {
  // One that names its gateway twice, in the old form and the new one, counts twice.
  const bound = indexed.flatMap((one) => one.gateways.filter((name) => name === gateway).map(() => one));
  const isNamed = ({ visibility }: Indexed): boolean =>
    visibility.to === 'namespaces' && visibility.namespaces.has(namespace);
  const isOwn = ({ virtualService }: Indexed): boolean => virtualService.metadata.namespace === namespace;
  return [
    ...bound.filter((one) => isNamed(one) && isOwn(one)),
    ...bound.filter((one) => isNamed(one) && !isOwn(one)),
    ...bound.filter(({ visibility }) => visibility.to === 'all'),
  ].map(({ virtualService }) => virtualService);
}
