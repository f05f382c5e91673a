import type { SidecarPort } from '../../model/istio/sidecar.ts';
import type { Field } from '../field.ts';
import { portNameProblem, protocolProblem } from '../values/port.ts';

/** Checks what all ports of a Sidecar's listeners have in common; the name is optional there. */
export function validateSidecarPort(port: SidecarPort, field: Field): void {
  if ((port.targetPort ?? 0) > 0) field.at('targetPort').refuse('A targetPort has no effect in a Sidecar; remove it.');
  if (port.name !== undefined && port.name !== '') field.at('name').refuseIf(portNameProblem(port.name));
  field.at('protocol').refuseIf(protocolProblem(port.protocol));
}
