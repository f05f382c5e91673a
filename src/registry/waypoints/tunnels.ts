import type { Labels } from '../labels.ts';
import type { Mesh } from '../mesh.ts';
import { listAmbientServices } from './ambient-services.ts';
import { listAmbientWorkloads, localNetwork } from './ambient-workloads.ts';

const tunnelLabel = 'networking.istio.io/tunnel';

/** What the mesh writes on pods whose traffic it captures. */
const redirectionAnnotation = 'ambient.istio.io/redirection';

type Source = Pick<Mesh, 'resources' | 'clusterId' | 'features' | 'profile'>;

/**
 * Workloads accept tunnels that have a label which says so, and those whose traffic the ambient mesh captures.
 * Source: istio `pilot/pkg/model/push_context.go`, AllInstancesSupportHBONE.
 */
export function indexTunnels(mesh: Source): Mesh['acceptsTunnel'] {
  let captured: ReadonlySet<string> | undefined;
  const local = localNetwork(mesh);
  return ({ addresses, network, labels }) => {
    if (isLabelled(labels)) return true;
    captured ??= mesh.features.ambient ? listCaptured(mesh) : new Set();
    if (captured.size === 0) return false;
    return addresses.some((address) => captured?.has(`${network || local}/${address}`));
  };
}

function isLabelled(labels: Labels): boolean {
  return labels[tunnelLabel]?.split(',').includes('http') ?? false;
}

/** network/address. */
function listCaptured(mesh: Source): ReadonlySet<string> {
  const workloads = listAmbientWorkloads(mesh, listAmbientServices(mesh));
  const captured = workloads.filter(
    ({ labels, annotations }) => isLabelled(labels) || annotations[redirectionAnnotation] === 'enabled',
  );
  return new Set(captured.flatMap(({ network, addresses }) => addresses.map((address) => `${network}/${address}`)));
}
