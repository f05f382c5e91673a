import { isIpAddress } from '../../model/ip-address.ts';
import type { WorkloadEntry } from '../../model/istio/workload-entry.ts';
import { type Field, forEachEntry } from '../field.ts';
import { hostNameProblem } from '../values/host-name.ts';
import { validateLabels } from '../values/labels.ts';
import { portNameProblem, portNumberProblem } from '../values/port.ts';
import { isUnixAddress, unixAddressProblem } from '../values/unix-address.ts';

/** Source: istio `pkg/config/validation/validation.go`, ValidateWorkloadEntry. */
export function validateWorkloadEntry(entry: WorkloadEntry, field: Field): void {
  if (!validateAddressIsSet(entry, field)) return;
  const address = entry.address ?? '';
  if (isUnixAddress(address)) validateUnixEndpoint(entry, address, field);
  else if (address !== '') field.at('address').refuseIf(dnsAddressProblem(address));
  validateEndpointPorts(entry, field);
  validateLabels(entry.labels, field.at('labels'));
}

/** The names of the entry's ports, which few endpoints ask for. */
export type PortNames = () => ReadonlySet<string>;

/** An endpoint of a ServiceEntry with resolution STATIC: its address is an IP address or a socket. */
export function validateStaticEndpoint(entry: WorkloadEntry, field: Field, servicePorts: PortNames): void {
  if (!validateAddressIsSet(entry, field)) return;
  const address = entry.address ?? '';
  if (isUnixAddress(address)) {
    validateUnixEndpoint(entry, address, field);
    if (servicePorts().size !== 1)
      field.at('address').refuse('A Unix domain socket serves one port; give the entry exactly one.');
  } else if (address !== '' && !isIpAddress(address)) {
    field
      .at('address')
      .refuse(
        `"${address}" is not an IP address; use one, or set the entry's resolution to DNS to look the name up.`,
        'static-with-host-name',
      );
  }
  validateEndpointPorts(entry, field, servicePorts);
  validateLabels(entry.labels, field.at('labels'));
}

/** An endpoint of a ServiceEntry with resolution DNS or DNS_ROUND_ROBIN: its address is a name or an IP address. */
export function validateDnsEndpoint(entry: WorkloadEntry, field: Field, servicePorts: PortNames): void {
  field.at('address').refuseIf(dnsAddressProblem(entry.address ?? ''));
  validateLabels(entry.labels, field.at('labels'));
  validateEndpointPorts(entry, field, servicePorts);
}

/** Only a workload of another network may go without an address: that network's gateway leads to it. */
function validateAddressIsSet(entry: WorkloadEntry, field: Field): boolean {
  if (entry.address !== undefined && entry.address !== '') return true;
  if (entry.network === undefined || entry.network === '') {
    field.at('address').refuse('Give the workload an address.');
    return false;
  }
  field
    .at('address')
    .warn(`The workload has no address; it can only be reached through the gateway of network "${entry.network}".`);
  return true;
}

function validateUnixEndpoint(entry: WorkloadEntry, address: string, field: Field): void {
  field.at('address').refuseIf(unixAddressProblem(address));
  if (Object.keys(entry.ports ?? {}).length > 0)
    field.at('ports').refuse('A Unix domain socket has no ports; remove them.');
}

function dnsAddressProblem(address: string): string | undefined {
  if (isIpAddress(address) || hostNameProblem(address) === undefined) return undefined;
  return `"${address}" is neither an IP address nor a host name.`;
}

function validateEndpointPorts(entry: WorkloadEntry, field: Field, servicePorts?: PortNames): void {
  if (entry.ports === undefined) return;
  forEachEntry(entry.ports, field.at('ports'), (name, port, at) => {
    if (servicePorts !== undefined && !servicePorts().has(name)) {
      at.refuse(`The entry has no port "${name}"; name one of its ports.`);
    }
    at.refuseIf(portNameProblem(name));
    at.refuseIf(portNumberProblem(port));
  });
}
