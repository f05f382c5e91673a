import type { Subset } from '../../model/istio/destination-rule.ts';
import { referenceOf } from '../../model/resource.ts';
import type { Port, Service } from '../../model/service.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import { clusterOf, type Target } from './destination.ts';
import type { RouteContext } from './route-context.ts';

export interface ReferencedTarget {
  readonly target: Target;
  /** The resource that refers to it. */
  readonly from: Parameters<typeof referenceOf>[0];
  /** The field that does. */
  readonly path: string;
}

/** istiod sends routes to clusters that it does not send: such requests fail, so the author should know. */
export function reportUnknownDestination({ view }: RouteContext, { target, from, path }: ReferencedTarget): void {
  const problem = problemOf(view, target);
  if (problem === undefined) return;
  const resource = referenceOf(from);
  const cluster = clusterOf(target);
  view.memory.reportOnce(`${resource.kind} ${resource.namespace}/${resource.name} ${cluster}`, () => ({
    code: 'unknown-destination',
    severity: 'warning',
    message: `${problem}. Envoy answers requests routed there with 503 (NC): cluster "${cluster}" does not exist.`,
    resource,
    path,
  }));
}

/** Whether a port of a service has a cluster of its own, as those of most services do. */
export function hasCluster(view: ProxyView, service: Service, { hostname, port }: ClaimedPort): boolean {
  return (
    view.serviceFor(hostname) === service && (!isResolved(service) || view.mesh.endpointsOf(service, port).length > 0)
  );
}

interface ClaimedPort {
  /** By which the cluster is named. */
  readonly hostname: string;
  readonly port: Port;
}

function isResolved({ resolution }: Service): boolean {
  return resolution === 'dns' || resolution === 'dns-round-robin';
}

function problemOf(view: ProxyView, target: Target): string | undefined {
  if (!target) return 'The destination names no host';
  const { hostname, port } = target;
  // A waypoint's clusters say before the subset whether they are for HTTP or for bytes.
  const subset = target.direction === 'inbound-vip' ? target.subset.replace(/^(?:http|tcp)\/?/, '') : target.subset;
  const service = view.serviceFor(hostname);
  if (!service) return `The proxy sees no service "${hostname}"`;
  const servicePort = service.ports.find(({ number, protocol }) => number === port && protocol !== 'UDP');
  if (!servicePort) {
    const ports = service.ports.map(({ number }) => number).join(', ');
    return `Service "${hostname}" has no port ${port}${ports && `, but ${ports}`}`;
  }
  const chosen =
    subset === '' ? undefined : view.destinationRuleFor(service)?.spec.subsets?.find(({ name }) => name === subset);
  if (subset !== '' && !chosen) return `No DestinationRule gives "${hostname}" a subset "${subset}"`;
  if (!isResolved(service)) return undefined;
  // istiod leaves out a DNS cluster that would have nothing to resolve.
  const endpoints = view.mesh.endpointsOf(service, servicePort);
  const selected = chosen ? endpoints.some(({ workload }) => selects(chosen, workload.labels)) : endpoints.length > 0;
  return selected ? undefined : `${subset ? `Subset "${subset}" of ` : ''}"${hostname}" has no endpoint to resolve`;
}

function selects({ labels = {} }: Subset, given: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([key, value]) => given[key] === value);
}
