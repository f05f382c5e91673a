import type { ProxyView, SelectedVirtualService } from '../proxy-view.ts';
import { indexVirtualServices } from '../virtual-services/index-virtual-services.ts';
import { type GatewayServer, readServer } from './gateway-server.ts';
import type { MergedGateway } from './merged-gateway.ts';
import { PortRegistry } from './port-registry.ts';
import { reportCrash } from './report-crash.ts';
import { reportIgnoredServer } from './report-ignored-server.ts';
import { reportMissingPod } from './report-missing-pod.ts';
import { reportUnknownGateways } from './report-unknown-gateways.ts';
import { reportUnselectedGateways } from './report-unselected-gateways.ts';
import { selectGateways } from './select-gateways.ts';

/** Absent where no Gateway applies to the proxy. */
export function mergeGateways(view: ProxyView): MergedGateway | undefined {
  const { report } = view.mesh;
  const selected = selectGateways(view);
  reportUnselectedGateways(view, selected);
  reportUnknownGateways(view.mesh);
  reportMissingPod(view);
  if (selected.length === 0) return undefined;
  const ports = new PortRegistry();
  for (const { gateway, targetPorts } of selected) {
    const { metadata, spec } = gateway;
    (spec.servers ?? []).forEach((server, index) => {
      reportCrash(report, server, { metadata, index });
      for (const targetPort of targetPorts(server.port?.number ?? 0)) {
        const read = readServer(server, { metadata, index, targetPort });
        const conflict = read && ports.add(read);
        if (conflict) reportIgnoredServer(report, read, conflict);
      }
    });
  }
  return { ...ports.list(), virtualServicesFor: findVirtualServices(view) };
}

function findVirtualServices({ mesh, proxy }: ProxyView): MergedGateway['virtualServicesFor'] {
  const index = indexVirtualServices(mesh);
  const known = new Map<GatewayServer['gateway'], readonly SelectedVirtualService[]>();
  return (gateway) => {
    const found = known.get(gateway) ?? index.forGateway(gateway, proxy.namespace);
    known.set(gateway, found);
    return found;
  };
}
