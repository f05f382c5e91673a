import { isIpAddress } from '../model/ip-address.ts';
import { addressBytes } from '../model/ip-prefix.ts';
import type { CidrRange } from '../xds/types.ts';

/** Nothing where the text is no address, or names a zone. */
function bytesOf(address: string): readonly number[] | undefined {
  return isIpAddress(address) && !address.includes('%') ? addressBytes(address) : undefined;
}

/** Equal for texts of the same address; what is no address is only itself. */
export function wholeAddressKey(address: string): string {
  return addressKey(address, 128) ?? address;
}

/** `::ffff:10.0.0.1` is 10.0.0.1. */
export function unmapped(address: string): string {
  const bytes = bytesOf(address);
  if (bytes?.length !== 16) return address;
  const mapped = bytes.slice(0, 12).every((byte, index) => byte === (index < 10 ? 0 : 0xff));
  return mapped ? bytes.slice(12).join('.') : address;
}

/** Whether the address lies in the range. */
export function isInRange(address: string, range: CidrRange): boolean {
  const key = addressKey(address, range.prefixLen ?? 0);
  return key !== undefined && key === rangeKey(range);
}

/** Equal for addresses that begin with the same bits; nothing where the text is no address. */
export function addressKey(address: string, length: number): string | undefined {
  return keyOf(bytesOf(unmapped(address)), length);
}

/** Equal to the key of every address in the range, and of no other. */
export function rangeKey({ addressPrefix, prefixLen = 0 }: CidrRange): string | undefined {
  return keyOf(bytesOf(addressPrefix), prefixLen);
}

function keyOf(bytes: readonly number[] | undefined, length: number): string | undefined {
  return bytes?.map((byte, index) => byte & (0xff << (8 - Math.min(8, Math.max(0, length - index * 8))))).join('.');
}

export function rangeText({ addressPrefix, prefixLen }: CidrRange): string {
  return `${addressPrefix}/${prefixLen ?? 0}`;
}
