import type { Visibility } from '../../model/service.ts';
import type { Mesh } from '../mesh.ts';
import type { SelectedVirtualService } from '../proxy-view.ts';
import { isVisible, readVisibility, usableDefault } from '../visibility.ts';
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
  const { resources, memory } = mesh;
  return memory.once('virtual services', [resources.VirtualService], () => index(mergeDelegates(mesh), mesh));
}

/** `merged` are in the order of their creation, as the resources are. */
function index(merged: readonly SelectedVirtualService[], { configuration, profile, memory }: Mesh): VirtualServices {
  const defaultExportTo = usableDefault(configuration.defaultVirtualServiceExportTo, profile);
  const indexed = memory.mapEach('indexed virtual services', merged, (virtualService): Indexed => {
    const { metadata, spec } = virtualService;
    return {
      virtualService,
      gateways: spec.gateways?.length ? spec.gateways : sidecars,
      visibility: readVisibility(spec.exportTo ?? [], metadata.namespace, defaultExportTo),
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

const sidecars: readonly string[] = ['mesh'];

function listFor(indexed: readonly Indexed[], gateway: string, namespace: string): readonly SelectedVirtualService[] {
  const own: SelectedVirtualService[] = [];
  const named: SelectedVirtualService[] = [];
  const forAll: SelectedVirtualService[] = [];
  for (const { virtualService, gateways, visibility } of indexed) {
    if (!isVisible(visibility, namespace)) continue;
    const isOwn = virtualService.metadata.namespace === namespace;
    const list = visibility.to === 'all' ? forAll : isOwn ? own : named;
    // One that names its gateway twice, in the old form and the new one, counts twice.
    for (const name of gateways) if (name === gateway) list.push(virtualService);
  }
  return own.length + named.length === 0 ? forAll : [...own, ...named, ...forAll];
}
