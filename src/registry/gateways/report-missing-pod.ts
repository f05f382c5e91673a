import { referenceOf } from '../../model/resource.ts';
import { selectsLabels } from '../labels.ts';
import type { ProxyView } from '../proxy-view.ts';

/**
 * istiod finds the ports of a gateway's Service through its pod. In a cluster it is always there; an example without it gets
 * the ports of the Gateways as they are.
 */
export function reportMissingPod({ mesh, proxy, targets }: ProxyView): void {
  if (targets.length > 0 || mesh.workloadLabelsOf(proxy)) return;
  const selecting = mesh.services.find(
    ({ origin, namespace, selector }) =>
      origin.kind === 'Service' && namespace === proxy.namespace && selectsLabels(selector, proxy.labels),
  );
  if (!selecting) return;
  const { namespace, name } = proxy;
  mesh.report({
    code: 'pod-missing',
    severity: 'info',
    message: `The Service selects this gateway's labels, but there is no pod ${namespace}/${name}: the gateway listens on the ports of its Gateways, not on the Service's target ports. Add the pod to the input.`,
    resource: referenceOf(selecting.origin),
    path: 'spec.selector',
  });
}
