import { isAddressRange, isIpAddress } from '../../model/ip-address.ts';
import { parsePrefix } from '../../model/ip-prefix.ts';
import type { Resolution as EntryResolution, ServicePort } from '../../model/istio/service-entry.ts';
import { parseProtocol } from '../../model/protocol.ts';
import type { Port, Resolution, Service, TrafficDistribution } from '../../model/service.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { AddressedEntry } from '../allocation/addressed-entry.ts';
import type { MeshSettings } from '../mesh.ts';
import { readVisibility, usableDefault } from '../visibility.ts';

/** What a service stands on where nobody gave it an address. */
export const unspecifiedAddress = '0.0.0.0';

/** What is the same for all entries of a mesh. */
export interface EntryConversion {
  readonly profile: Profile;
  readonly defaultExportTo: readonly string[] | undefined;
}

export function prepareConversion({ configuration, profile }: MeshSettings): EntryConversion {
  return {
    profile,
    defaultExportTo: usableDefault(configuration.defaultServiceExportTo, profile),
  };
}

/**
 * Adds a service for each host and address of an entry, once where it is listed twice.
 *
 * Source: istio `pilot/pkg/serviceregistry/serviceentry/conversion.go`, convertServices.
 */
export function addServices(
  all: Service[],
  addressed: AddressedEntry,
  trafficDistribution: TrafficDistribution | undefined,
  { profile, defaultExportTo }: EntryConversion,
): void {
  const { metadata, spec } = addressed.entry;
  const common: Common = {
    entry: addressed.entry,
    ports: (spec.ports ?? none).map(convertPort),
    visibility: readVisibility(spec.exportTo ?? none, metadata.namespace, defaultExportTo),
    trafficDistribution,
  };
  const hosts = once(spec.hosts ?? none, profile);
  if (!spec.addresses?.length) {
    let place = 0;
    for (const host of hosts) {
      // Both lists have the same order, but for wildcards without addresses and what is listed twice.
      const at = addressed.hosts[place] === host ? place++ : addressed.hosts.indexOf(host);
      all.push(createService(common, host, none, lastOfEachFamily(addressed.addresses[at] ?? none)));
    }
    return;
  }
  const given = once(spec.addresses.flatMap(readAddress), profile);
  for (const host of hosts) for (const address of given) all.push(createService(common, host, [address], none));
}

/** What the services of an entry have in common. */
interface Common extends Pick<Service, 'ports' | 'visibility'> {
  readonly entry: AddressedEntry['entry'];
  readonly trafficDistribution: TrafficDistribution | undefined;
}

function createService(
  { entry, ports, visibility, trafficDistribution }: Common,
  hostname: string,
  addresses: readonly string[],
  allocatedAddresses: readonly string[],
): Service {
  const { metadata, spec } = entry;
  const service: Service = {
    hostname,
    namespace: metadata.namespace,
    name: hostname,
    registry: 'External',
    origin: entry,
    ports,
    resolution: resolutions[spec.resolution ?? 'NONE'],
    meshExternal: (spec.location ?? 'MESH_EXTERNAL') === 'MESH_EXTERNAL',
    defaultAddress: addresses[0] ?? unspecifiedAddress,
    addresses,
    allocatedAddresses,
    visibility,
    labels: metadata.labels,
    selector: spec.workloadSelector?.labels ?? noLabels,
    subjectAltNames: spec.subjectAltNames ?? none,
    creationTime: metadata.creationTime,
    aliases: none,
  };
  return trafficDistribution ? { ...service, trafficDistribution } : service;
}

const none: readonly never[] = Object.freeze([]);
const noLabels: Service['labels'] = Object.freeze({});

function once(texts: readonly string[], profile: Profile): readonly string[] {
  if (texts.length < 2) return texts;
  const distinct = new Set(texts);
  return distinct.size < texts.length && profile.repeatedAddressesCountOnce ? [...distinct] : texts;
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
  if (addresses.length < 2) return addresses;
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
