import type { PeerAuthentication } from '../model/istio/peer-authentication.ts';
import { type Field, forEachEntry } from './field.ts';
import { portNumberProblem } from './values/port.ts';
import { validateSelectorLabels } from './values/workload-selector.ts';

/** Source: istio `pkg/config/validation/validation.go`, ValidatePeerAuthentication. */
export function validatePeerAuthentication(policy: PeerAuthentication, field: Field): void {
  const { selector, portLevelMtls } = policy;
  if (selector !== undefined) validateSelectorLabels(selector.matchLabels, field.at('selector').at('matchLabels'));
  if (portLevelMtls === undefined) return;
  const ports = field.at('portLevelMtls');
  if (Object.keys(portLevelMtls).length === 0) ports.refuse('Name at least one port or remove portLevelMtls.');
  else if (Object.keys(selector?.matchLabels ?? {}).length === 0) {
    ports.refuse('Only a policy for selected workloads can set ports; add selector.matchLabels.');
  }
  forEachEntry(portLevelMtls, ports, (port, _, at) => {
    at.refuseIf(/^\d+$/.test(port) ? portNumberProblem(Number(port)) : `"${port}" is not a port number.`);
  });
}
