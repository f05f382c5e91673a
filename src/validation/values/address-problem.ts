import { isAddressRange, isIpAddress } from '../../model/ip-address.ts';

export function ipAddressProblem(text: string): string | undefined {
  return isIpAddress(text) ? undefined : `"${text}" is not an IP address.`;
}

/** An address, or a range in CIDR notation. */
export function ipRangeProblem(text: string): string | undefined {
  const slash = text.indexOf('/');
  if (slash < 0 || slash !== text.lastIndexOf('/')) return ipAddressProblem(text);
  return isAddressRange(text) ? undefined : `"${text}" is not an address range in CIDR notation, such as 10.0.0.0/8.`;
}
