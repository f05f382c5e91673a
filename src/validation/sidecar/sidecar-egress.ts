import type { CaptureMode, IstioEgressListener, SidecarPort } from '../../model/istio/sidecar.ts';
import type { Admission } from '../admission-rules.ts';
import { type Field, forEachItem } from '../field.ts';
import { ipAddressProblem } from '../values/address-problem.ts';
import { validateSidecarHost } from '../values/namespaced-host.ts';
import { portNumberProblem } from '../values/port.ts';
import { isUnixAddress, unixAddressProblem } from '../values/unix-address.ts';
import { validateSidecarPort } from './sidecar-port.ts';

export function validateSidecarEgress(
  listeners: readonly IstioEgressListener[],
  field: Field,
  admission: Admission,
): void {
  const taken = new Set<string>();
  forEachItem(listeners, field, (listener, at) => {
    if (listener.port !== undefined) {
      validateListenerAddress(listener, listener.port, at);
      validateIsFree(listener, listener.port, { taken, field: at });
    }
    validateHosts(listener.hosts ?? [], at.at('hosts'), admission);
  });
}

function validateListenerAddress(listener: IstioEgressListener, port: SidecarPort, field: Field): void {
  const bind = listener.bind ?? '';
  validateSidecarPort(port, field.at('port'));
  if ((port.number ?? 0) === 0) {
    field.at('bind').refuseIf(socketProblem(bind));
    field.at('captureMode').refuseIf(captureModeProblem(listener.captureMode));
    return;
  }
  field.at('port').at('number').refuseIf(portNumberProblem(port.number));
  if (bind !== '') field.at('bind').refuseIf(ipAddressProblem(bind));
}

function socketProblem(bind: string): string | undefined {
  if (isUnixAddress(bind)) return unixAddressProblem(bind);
  return 'A listener without a port number must be bound to a Unix domain socket, as in unix:///path.';
}

function captureModeProblem(mode: CaptureMode | undefined): string | undefined {
  return mode === 'IPTABLES' ? 'Traffic to a Unix domain socket cannot be captured; set captureMode NONE.' : undefined;
}

function validateIsFree(
  listener: IstioEgressListener,
  port: SidecarPort,
  { taken, field }: { readonly taken: Set<string>; readonly field: Field },
): void {
  const number = port.number ?? 0;
  const address = number === 0 ? (listener.bind ?? '') : String(number);
  if (taken.has(address)) {
    if (number === 0) field.at('bind').refuse(`Socket "${address}" has a listener already; choose another one.`);
    else field.at('port').at('number').refuse(`Port ${number} has a listener already; choose another one.`);
  }
  taken.add(address);
}

function validateHosts(hosts: readonly string[], field: Field, { metadata, rules }: Admission): void {
  if (hosts.length === 0)
    field.refuse('Name at least one host, as NAMESPACE/HOST; "./*" stands for those of this namespace.');
  const byNamespace = new Map<string, Set<string>>();
  forEachItem(hosts, field, (entry, at) => {
    const isExcluded = entry.startsWith('~') && rules.profile.sidecarsExcludeHosts;
    validateSidecarHost(entry, at, isExcluded);
    const slash = entry.indexOf('/');
    if (slash < 0 || isExcluded) return;
    const namespace = entry.slice(0, slash) === '.' ? metadata.namespace : entry.slice(0, slash);
    const host = entry.slice(slash + 1);
    const seen = byNamespace.get(namespace) ?? new Set();
    const isCovered = host === '*' ? seen.size > 0 : seen.has(host) || seen.has('*');
    if (isCovered) at.warn(`"${entry}" overlaps another host of the same namespace; keep one of them.`);
    byNamespace.set(namespace, seen.add(host));
  });
  if (byNamespace.get('*')?.has('*') && byNamespace.size > 1) {
    field.warn('"*/*" covers everything; remove the other hosts.');
  }
}
