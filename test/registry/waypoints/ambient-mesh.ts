import type { Resource } from '../../../src/model/resource.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
import { scopeWaypoint, type WaypointView } from '../../../src/registry/waypoints/waypoint-view.ts';
import { entry, meshOf, resource } from '../mesh-of.ts';

export const labels = {
  'gateway.istio.io/managed': 'istio.io-mesh-controller',
  'gateway.networking.k8s.io/gateway-name': 'waypoint',
};
export const usesWaypoint = { 'istio.io/use-waypoint': 'waypoint' };

export const gateway = (ofGateway: Readonly<Record<string, string>> = {}, name = 'waypoint'): Resource =>
  resource(
    'KubernetesGateway',
    { gatewayClassName: 'istio-waypoint', listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }] },
    {
      name,
      labels: ofGateway,
      status: { addresses: [{ type: 'Hostname', value: `${name}.default.svc.cluster.local` }] },
    },
  );

/** The Service and the pod of the waypoint. */
const instance: readonly Resource[] = [
  resource(
    'Service',
    {
      clusterIP: '10.96.3.0',
      clusterIPs: ['10.96.3.0'],
      selector: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' },
      ports: [{ name: 'mesh', port: 15008, protocol: 'TCP', appProtocol: 'hbone' }],
    },
    { name: 'waypoint', labels },
  ),
  resource(
    'Pod',
    { containers: [] },
    {
      name: 'waypoint-1',
      labels,
      status: {
        phase: 'Running',
        podIP: '10.1.3.1',
        podIPs: [{ ip: '10.1.3.1' }],
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    },
  ),
];

export const waypointScenario: Scenario = {
  proxy: { type: 'waypoint', name: 'waypoint-1', ip: '10.1.3.1', labels },
  features: { PILOT_ENABLE_AMBIENT: 'true' },
};

export interface SeenByWaypoint extends ReturnType<typeof meshOf> {
  readonly waypoint: WaypointView;
}

/** A mesh with a waypoint, as the waypoint sees it. */
export function waypointOf(
  resources: readonly Resource[],
  scenario: Scenario = {},
  gateways: readonly Resource[] = [gateway()],
): SeenByWaypoint {
  const registered = meshOf([...gateways, ...instance, ...resources], { ...waypointScenario, ...scenario });
  return { ...registered, waypoint: scopeWaypoint(registered.view) };
}

/** An entry whose traffic goes through the waypoint. */
export const attached = (
  host: string,
  spec: Parameters<typeof entry>[1] = {},
  given: Parameters<typeof entry>[2] = {},
): Resource => entry([host], { location: 'MESH_EXTERNAL', ...spec }, { name: host, labels: usesWaypoint, ...given });
