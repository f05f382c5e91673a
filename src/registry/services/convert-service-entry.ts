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
  allocated: HostAddresses | undefined,
): readonly Service[] {
  const { metadata, spec } = entry;
  const once = settings.profile.repeatedAddressesCountOnce ? distinct : (texts: readonly string[]) => texts;
  const ports = (spec.ports ?? none).map(convertPort);
  const visibility = readVisibility(
    spec.exportTo ?? none,
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
  const hosts = once(spec.hosts ?? none);
  if (!spec.addresses?.length) {
    return hosts.map((hostname) => {
      const own = allocated && Object.hasOwn(allocated, hostname) ? allocated[hostname] : undefined;
      const allocatedAddresses = lastOfEachFamily(own ?? none);
      return serviceOf(hostname, { defaultAddress: unspecifiedAddress, addresses: none, allocatedAddresses });
    });
  }
  const given = once(spec.addresses.flatMap(readAddress));
  return hosts.flatMap((hostname) =>
    given.map((address) =>
      serviceOf(hostname, { defaultAddress: address, addresses: [address], allocatedAddresses: none }),
    ),
  );
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
  let ipv4: string | undefined;
  let ipv6: string | undefined;
  for (const address of addresses) {
    if (address.includes(':')) ipv6 = address;
    else ipv4 = address;
  }
  if (ipv4 !== undefined && ipv6 !== undefined) return [ipv4, ipv6];
  const only = ipv4 ?? ipv6;
  return only === undefined ? none : [only];
}
