import type { IstioEgressListener, OutboundTrafficPolicy, Sidecar } from '../../model/istio/sidecar.ts';
import type { Admission } from '../admission-rules.ts';
import { type Field, forEachItem } from '../field.ts';
import { validateConnectionPool } from '../traffic-policy/connection-pool.ts';
import { hostNameProblem } from '../values/host-name.ts';
import { validateSelectorLabels } from '../values/workload-selector.ts';
import { validateDestination } from '../virtual-service/destination.ts';
import { validateSidecarEgress } from './sidecar-egress.ts';
import { validateSidecarIngress } from './sidecar-ingress.ts';

/** Source: istio `pkg/config/validation/validation.go`, ValidateSidecar. */
export function validateSidecar(sidecar: Sidecar, field: Field, admission: Admission): void {
  if (sidecar.workloadSelector !== undefined) {
    validateSelectorLabels(sidecar.workloadSelector.labels, field.at('workloadSelector').at('labels'));
  }
  if (isEmpty(sidecar)) {
    field.refuse('The Sidecar is empty; set egress, ingress, outboundTrafficPolicy or inboundConnectionPool.');
  }
  validateSidecarIngress(sidecar.ingress ?? [], field.at('ingress'));
  validateConnectionPool(sidecar.inboundConnectionPool, field.at('inboundConnectionPool'));
  validateCatchAllIsLast(sidecar.egress ?? [], field.at('egress'));
  validateSidecarEgress(sidecar.egress ?? [], field.at('egress'), admission);
  validateOutboundTrafficPolicy(sidecar.outboundTrafficPolicy, field.at('outboundTrafficPolicy'));
}

function isEmpty(sidecar: Sidecar): boolean {
  return (
    (sidecar.egress?.length ?? 0) === 0 &&
    (sidecar.ingress?.length ?? 0) === 0 &&
    sidecar.outboundTrafficPolicy === undefined &&
    sidecar.inboundConnectionPool === undefined
  );
}

/** A listener without a port takes what the others leave. */
function validateCatchAllIsLast(egress: readonly IstioEgressListener[], field: Field): void {
  forEachItem(egress, field, (listener, at, index) => {
    if (listener.port === undefined && index < egress.length - 1) {
      at.refuse('Only the last egress listener can go without a port; give this one a port or move it to the end.');
    }
  });
}

function validateOutboundTrafficPolicy(policy: OutboundTrafficPolicy | undefined, field: Field): void {
  const proxy = policy?.egressProxy;
  if (proxy === undefined) return;
  const at = field.at('egressProxy');
  if (policy?.mode !== 'ALLOW_ANY') {
    at.refuse('Only unknown traffic that is allowed can go through an egress proxy; set mode ALLOW_ANY.');
  }
  const hostProblem = hostNameProblem(proxy.host ?? '');
  if (hostProblem !== undefined) at.at('host').refuse(hostProblem);
  else validateDestination(proxy, at);
  if (proxy.port === undefined) at.at('port').refuse('Set the port of the egress proxy.');
}
