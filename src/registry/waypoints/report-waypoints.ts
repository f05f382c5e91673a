import type { Report } from '../../model/diagnostic.ts';
import { formatFieldPath } from '../../model/field-path.ts';
import { type Resource, referenceOf } from '../../model/resource.ts';
import type { ResourcesByKind } from '../mesh.ts';
import { indexWaypoints, useWaypointLabel, type WaypointChoice } from './choose-waypoint.ts';

/** Says of services that ask for a waypoint why they do not get it: their traffic then goes past it. */
export function reportWaypoints(resources: ResourcesByKind, report: Report): void {
  const choose = indexWaypoints(resources.KubernetesGateway, resources.Namespace);
  const namespaces = new Map(resources.Namespace.map((namespace) => [namespace.metadata.name, namespace]));
  const reported = new Set<Resource>();
  for (const service of [...resources.Service, ...resources.ServiceEntry]) {
    const { metadata } = service;
    const problem = describe(choose(metadata, 'service'), metadata.namespace);
    const asking = metadata.labels[useWaypointLabel] === undefined ? namespaces.get(metadata.namespace) : service;
    if (!problem || !asking || reported.has(asking)) continue;
    reported.add(asking);
    report({
      code: problem.code,
      severity: 'warning',
      message: problem.message,
      resource: referenceOf(asking),
      path: formatFieldPath(['metadata', 'labels', useWaypointLabel]),
    });
  }
}

type Problem = { readonly code: 'waypoint-unknown' | 'waypoint-refuses'; readonly message: string };

function describe(choice: WaypointChoice, namespace: string): Problem | undefined {
  if (choice.outcome === 'unknown') {
    return {
      code: 'waypoint-unknown',
      message: `There is no Gateway ${choice.name}, or its status has no address yet: no waypoint takes this traffic. Deploy the waypoint, or correct the label (with istio.io/use-waypoint-namespace where it is in another namespace).`,
    };
  }
  if (choice.outcome !== 'refused') return undefined;
  const { waypoint, because } = choice;
  const name = `${waypoint.namespace}/${waypoint.name}`;
  return {
    code: 'waypoint-refuses',
    message:
      because === 'namespace'
        ? `Waypoint ${name} takes no traffic from namespace "${namespace}": allow it in allowedRoutes.namespaces of the Gateway's HBONE listener.`
        : `Waypoint ${name} takes "${waypoint.trafficType}" traffic, not that of services: set its label istio.io/waypoint-for to "service" or "all".`,
  };
}
