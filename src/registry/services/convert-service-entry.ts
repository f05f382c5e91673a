import { isAddressRange, isIpAddress } from '../../model/ip-address.ts';
import { parsePrefix } from '../../model/ip-prefix.ts';
import type { Resolution as EntryResolution, ServicePort } from '../../model/istio/service-entry.ts';
import { parseProtocol } from '../../model/protocol.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Port, Resolution, Service } from '../../model/service.ts';
import type { HostAddresses, MeshSettings } from '../mesh.ts';
import { readVisibility, usableDefault } from '../visibility.ts';

/** What a service stands on where nobody gave it an address. */
export const unspecifiedAddress = '0.0.0.0';

/**
 * Makes a service of each host and address of an entry, once where it is listed twice.
 *
 * `allocated` has the VIPs by host. Source: istio `pilot/pkg/serviceregistry/serviceentry/conversion.go`, convertServices.
 */
export function convertServiceEntry(
  entry: ResourceOf<'ServiceEntry'>,
  settings: MeshSettings,
  allocated: HostAddresses,
): readonly Service[] {
  const { metadata, spec } = entry;
  const once = settings.profile.repeatedAddressesCountOnce ? distinct : (texts: readonly string[]) => texts;
  const given = once((spec.addresses ?? []).flatMap(readAddress));
  const ports = (spec.ports ?? []).map(convertPort);
  const visibility = readVisibility(
    spec.exportTo ?? [],
    metadata.namespace,
    usableDefault(settings.configuration.defaultServiceExportTo, settings.profile),
  );
  const serviceOf = (
    hostname: string,
    { defaultAddress, addresses, allocatedAddresses }: Pick<Service, AddressField>,
  ): Service => ({
    hostname,
    namespace: metadata.namespace,
    name: hostname,
    registry: 'External',
    origin: entry,
    ports,
    resolution: resolutions[spec.resolution ?? 'NONE'],
    meshExternal: (spec.location ?? 'MESH_EXTERNAL') === 'MESH_EXTERNAL',
    defaultAddress,
    addresses,
    allocatedAddresses,
    visibility,
    labels: metadata.labels,
    selector: spec.workloadSelector?.labels ?? noLabels,
    subjectAltNames: spec.subjectAltNames ?? none,
    creationTime: metadata.creationTime,
    aliases: none,
  });
  return once(spec.hosts ?? []).flatMap((hostname): readonly Service[] => {
    if (spec.addresses?.length) {
      return given.map((address) =>
        serviceOf(hostname, { defaultAddress: address, addresses: [address], allocatedAddresses: none }),
      );
    }
    const allocatedAddresses = lastOfEachFamily(
      Object.hasOwn(allocated, hostname) ? (allocated[hostname] ?? none) : none,
    );
    return [serviceOf(hostname, { defaultAddress: unspecifiedAddress, addresses: none, allocatedAddresses })];
  });
}

type AddressField = 'defaultAddress' | 'addresses' | 'allocatedAddresses';

const none: readonly never[] = Object.freeze([]);
const noLabels: Service['labels'] = Object.freeze({});

function distinct(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)];
}

const resolutions: Readonly<Record<EntryResolution, Resolution>> = {
  NONE: 'passthrough',
  STATIC: 'client-side',
  DNS: 'dns',
  DNS_ROUND_ROBIN: 'dns-round-robin',
  DYNAMIC_DNS: 'dynamic-dns',
};

function convertPort({ name = '', number = 0, protocol = '' }: ServicePort): Port {
  return { name, number, protocol: parseProtocol(protocol) };
}

/** A range of one address is that address; what is neither address nor range is left out. */
function readAddress(text: string): readonly string[] {
  if (isIpAddress(text)) return [text];
  if (!isAddressRange(text)) return [];
  const prefix = parsePrefix(text);
  const isSingle = prefix && prefix.length === (prefix.address.includes(':') ? 128 : 32);
  return [isSingle ? prefix.address : text];
}

/** A service has room for one allocated address of each family. */
function lastOfEachFamily(addresses: readonly string[]): readonly string[] {
  if (addresses.length === 0) return none;
  const ipv4 = addresses.findLast((address) => !address.includes(':'));
  const ipv6 = addresses.findLast((address) => address.includes(':'));
  return [...(ipv4 === undefined ? [] : [ipv4]), ...(ipv6 === undefined ? [] : [ipv6])];
}
