import { isAddressRange, isIpAddress } from '../model/ip-address.ts';
import type { Proxy } from '../model/proxy.ts';
import type { Service } from '../model/service.ts';
import type { ProxyView } from './proxy-view.ts';

type AddressedService = Pick<Service, 'registry' | 'addresses' | 'allocatedAddresses' | 'defaultAddress'>;

/**
 * The address of a service as one proxy sees it: the cluster IP of its family, a VIP that istiod allocated, or what the
 * entry says; `0.0.0.0` where there is none. Source: istio `pilot/pkg/model/service.go`, GetAddressForProxy.
 */
export function addressForProxy({ mesh, proxy }: Pick<ProxyView, 'mesh' | 'proxy'>, service: AddressedService): string {
  const [clusterIp] = ofFamily(clusterIps(service), proxy);
  if (clusterIp !== undefined) return clusterIp;
  if (service.defaultAddress === '0.0.0.0' && usesAllocatedAddresses(mesh.features, proxy)) {
    const [allocated] = ofFamily(service.allocatedAddresses, proxy);
    if (allocated !== undefined) return allocated;
  }
  return service.defaultAddress;
}

/** All addresses, the main one first. Source: istio `pilot/pkg/model/service.go`, GetAllAddressesForProxy. */
export function addressesForProxy(
  { mesh, proxy }: Pick<ProxyView, 'mesh' | 'proxy'>,
  service: AddressedService,
): readonly string[] {
  const given = clusterIps(service);
  const known = given.length === 0 && usesAllocatedAddresses(mesh.features, proxy) ? service.allocatedAddresses : given;
  const usable = ofFamily(known, proxy, mesh.features.ambient);
  if (usable.length > 0) return usable;
  if (given.length > 0 && mesh.profile.hidesAddressesOfOtherFamily) return ofFamily([service.defaultAddress], proxy);
  return service.defaultAddress === '' ? none : [service.defaultAddress];
}

/** Allocated addresses are for proxies that also answer DNS queries with them. */
function usesAllocatedAddresses(features: ProxyView['mesh']['features'], proxy: Proxy): boolean {
  const allocates = proxy.dnsAutoAllocate || features.statefulAllocation;
  return allocates && (proxy.dnsCapture || proxy.type === 'waypoint');
}

const none: readonly string[] = [];

/** Only Kubernetes services have addresses that belong to a cluster. */
function clusterIps({ registry, addresses }: AddressedService): readonly string[] {
  return registry === 'Kubernetes' ? addresses : none;
}

/**
 * A dual-stack proxy keeps both families only where ambient mode is on; elsewhere that of the first address. What is no
 * address has no family.
 */
function ofFamily(addresses: readonly string[], { ipMode }: Proxy, both = false): readonly string[] {
  if (addresses.length === 0 || (ipMode === 'Dual' && both)) return addresses;
  const wantsIpv6 = ipMode === 'Dual' ? (addresses[0]?.includes(':') ?? false) : ipMode === 'IPv6';
  return addresses.filter((address) => address.includes(':') === wantsIpv6 && isAddress(address));
}

function isAddress(text: string): boolean {
  return isIpAddress(text) || isAddressRange(text);
}
