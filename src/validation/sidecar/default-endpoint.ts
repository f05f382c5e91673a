import type { Field } from '../field.ts';
import { portNumberProblem } from '../values/port.ts';
import { isUnixAddress, unixAddressProblem } from '../values/unix-address.ts';

const loopbackHosts: ReadonlySet<string> = new Set(['', '127.0.0.1', '0.0.0.0', '::1', '::']);

/** Where a Sidecar's ingress hands the traffic to: a port of the workload itself, or a socket. */
export function validateDefaultEndpoint(endpoint: string, field: Field): void {
  if (endpoint === '') return;
  if (isUnixAddress(endpoint)) {
    field.refuseIf(unixAddressProblem(endpoint));
    return;
  }
  const [, bracketed, plain = '', port = ''] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(endpoint) ?? [];
  if (!loopbackHosts.has(bracketed ?? plain) || !/^[+-]?[0-9]+$/.test(port)) {
    field.refuse(`"${endpoint}" must be 127.0.0.1:PORT, 0.0.0.0:PORT, [::1]:PORT, [::]:PORT or unix:///PATH.`);
    return;
  }
  field.refuseIf(portNumberProblem(Number(port)));
}
