import { isWildcard } from '../../model/hostname.ts';
import type { ServiceEntry, ServicePort } from '../../model/istio/service-entry.ts';
import { isHttp, isTcp, isTls, parseProtocol } from '../../model/protocol.ts';
import type { Admission } from '../admission-rules.ts';
import { type Field, forEachItem } from '../field.ts';
import { ipRangeProblem } from '../values/address-problem.ts';
import { validateExportTo } from '../values/export-to.ts';
import { hostNameProblem, partialWildcardProblem, wildcardHostNameProblem } from '../values/host-name.ts';
import { portNameProblem, portNumberProblem, protocolProblem } from '../values/port.ts';
import { validateSelectorLabels } from '../values/workload-selector.ts';
import { validateDynamicDns } from './dynamic-dns.ts';
import { validateDnsEndpoint, validateStaticEndpoint } from './workload-entry.ts';

/** Source: istio `pkg/config/validation/validation.go`, ValidateServiceEntry. */
export function validateServiceEntry(entry: ServiceEntry, field: Field, admission: Admission): void {
  validateSelection(entry, field);
  validateHosts(entry, field.at('hosts'));
  validateAddresses(entry, field.at('addresses'));
  validatePorts(entry, field.at('ports'), needsAddresses(entry, admission));
  validateResolution(entry, field, admission);
  validateHostsOfPlainTcp(entry, field);
  if (entry.exportTo === undefined) return;
  validateExportTo(entry.exportTo, field.at('exportTo'), {
    namespace: admission.metadata.namespace,
    allowsNone: true,
    ownNamespaceOnly: false,
  });
}

function validateSelection(entry: ServiceEntry, field: Field): void {
  if (entry.workloadSelector === undefined) return;
  validateSelectorLabels(entry.workloadSelector.labels, field.at('workloadSelector').at('labels'));
  if (hasItems(entry.endpoints)) {
    field.at('endpoints').refuse('Endpoints come from workloadSelector; remove the selector or the endpoints.');
  }
}

function validateHosts(entry: ServiceEntry, field: Field): void {
  if (!hasItems(entry.hosts)) field.refuse('Give the entry at least one host.');
  forEachItem(entry.hosts, field, (host, at) => {
    if (host === '*') {
      at.refuse('An entry cannot be for every host; name a domain, as in "*.example.com".');
      return;
    }
    at.refuseIf(wildcardHostNameProblem(host));
    const partial = entry.resolution === 'DYNAMIC_DNS' ? undefined : partialWildcardProblem(host);
    if (partial !== undefined) at.warn(partial);
  });
}

function validateAddresses(entry: ServiceEntry, field: Field): void {
  if (entry.addresses === undefined) return;
  const takesRanges = resolutionOf(entry) === 'NONE' || resolutionOf(entry) === 'STATIC';
  forEachItem(entry.addresses, field, (address, at) => {
    at.refuseIf(ipRangeProblem(address));
    if (address.includes('/') && !takesRanges) {
      at.refuse(`An address range needs resolution NONE or STATIC, not ${resolutionOf(entry)}.`);
    }
  });
}

/** Whether TCP traffic to the entry cannot be told apart: it has no address of its own and gets none. */
function needsAddresses(entry: ServiceEntry, { metadata, rules }: Admission): boolean {
  if (hasItems(entry.addresses)) return false;
  if (!rules.statefulAllocation || resolutionOf(entry) === 'NONE') return true;
  return metadata.labels['networking.istio.io/enable-autoallocate-ip']?.toLowerCase() === 'false';
}

function validatePorts(entry: ServiceEntry, field: Field, lacksAddresses: boolean): void {
  // A port that is the only one repeats none.
  const seen = (entry.ports?.length ?? 0) > 1 ? new Set<string | number>() : undefined;
  forEachItem(entry.ports, field, (port, at) => {
    const name = port.name ?? '';
    const number = port.number ?? 0;
    if (seen?.has(name)) at.at('name').refuse(`Port name "${name}" is used twice; rename one.`);
    if (seen?.has(number)) at.at('number').refuse(`Port ${number} is listed twice; remove one.`);
    seen?.add(name).add(number);
    validatePort(port, at);
    // istiod compares the text here: "tcp" in lower case goes without the warning.
    if (lacksAddresses && (port.protocol === undefined || port.protocol === '' || port.protocol === 'TCP')) {
      at.warn('Without addresses, TCP traffic to this port cannot be told from that to other hosts; set addresses.');
    }
  });
}

function validatePort(port: ServicePort, field: Field): void {
  if (port.targetPort !== undefined && port.targetPort !== 0)
    field.at('targetPort').refuseIf(portNumberProblem(port.targetPort));
  field.at('name').refuseIf(portNameProblem(port.name));
  field.at('protocol').refuseIf(protocolProblem(port.protocol));
  field.at('number').refuseIf(portNumberProblem(port.number));
}

function validateResolution(entry: ServiceEntry, field: Field, admission: Admission): void {
  switch (resolutionOf(entry)) {
    case 'NONE':
      validateUnresolved(entry, field);
      break;
    case 'STATIC':
      validateEndpoints(entry, field.at('endpoints'), validateStaticEndpoint);
      break;
    case 'DNS':
    case 'DNS_ROUND_ROBIN':
      validateDnsResolution(entry, field);
      break;
    case 'DYNAMIC_DNS':
      validateDynamicDns(entry, field, admission);
      break;
  }
}

function validateUnresolved(entry: ServiceEntry, field: Field): void {
  if (hasItems(entry.endpoints)) {
    field
      .at('endpoints')
      .refuse(
        'Resolution NONE takes the address that the client chose; remove the endpoints or set resolution STATIC or DNS.',
      );
  }
  if (entry.workloadSelector !== undefined) {
    field
      .at('workloadSelector')
      .warn(
        'Resolution NONE takes the address that the client chose; the selector has no effect. Remove it or set resolution STATIC.',
      );
  }
}

function validateDnsResolution(entry: ServiceEntry, field: Field): void {
  if (!hasItems(entry.endpoints)) validateHostsCanBeLookedUp(entry, field.at('hosts'));
  if (entry.resolution === 'DNS_ROUND_ROBIN' && (entry.endpoints?.length ?? 0) > 1) {
    field
      .at('endpoints')
      .refuse('Resolution DNS_ROUND_ROBIN looks up one name; keep one endpoint or set resolution DNS.');
  }
  validateEndpoints(entry, field.at('endpoints'), validateDnsEndpoint);
  if (
    hasItems(entry.addresses) &&
    (entry.hosts?.length ?? 0) > 1 &&
    entry.ports?.some((port) => isTcp(protocolOf(port)))
  ) {
    field
      .at('hosts')
      .warn('Several hosts share the addresses, so TCP traffic to them cannot be told apart; use one entry per host.');
  }
}

function validateHostsCanBeLookedUp(entry: ServiceEntry, field: Field): void {
  forEachItem(entry.hosts, field, (host, at) => {
    if (isWildcard(host)) {
      at.refuse(
        `A wildcard cannot be looked up in DNS; give the entry endpoints, or another resolution than ${resolutionOf(entry)}.`,
        'wildcard-with-dns',
      );
      return;
    }
    // With a dot, what is wrong with the name was said of the hosts already.
    if (!host.includes('.') && wildcardHostNameProblem(host) === undefined) at.refuseIf(hostNameProblem(host));
  });
}

/** Only HTTP's authority and TLS' server name tell the hosts of one address apart. */
function validateHostsOfPlainTcp(entry: ServiceEntry, field: Field): void {
  if (resolutionOf(entry) === 'NONE' || (entry.hosts?.length ?? 0) < 2) return;
  const plain = entry.ports?.findIndex((port) => !isHttp(protocolOf(port)) && !isTls(protocolOf(port))) ?? -1;
  if (plain < 0) return;
  field
    .at('ports')
    .at(plain)
    .at('protocol')
    .refuse('Several hosts can only share HTTP and TLS ports; use one entry per host, or another protocol.');
}

export function resolutionOf(entry: ServiceEntry): NonNullable<ServiceEntry['resolution']> {
  return entry.resolution ?? 'NONE';
}

function validateEndpoints(entry: ServiceEntry, field: Field, validate: typeof validateStaticEndpoint): void {
  if (entry.endpoints === undefined) return;
  let names: ReadonlySet<string> | undefined;
  const portNames = (): ReadonlySet<string> => {
    names ??= new Set(entry.ports?.map((port) => port.name ?? ''));
    return names;
  };
  forEachItem(entry.endpoints, field, (endpoint, at) => {
    validate(endpoint, at, portNames);
  });
}

function protocolOf(port: ServicePort): ReturnType<typeof parseProtocol> {
  return parseProtocol(port.protocol ?? '');
}

function hasItems(list: readonly unknown[] | undefined): boolean {
  return (list?.length ?? 0) > 0;
}
