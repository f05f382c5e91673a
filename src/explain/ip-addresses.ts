import { isIpAddress } from '../model/ip-address.ts';
import { addressBytes } from '../model/ip-prefix.ts';
import type { CidrRange } from '../xds/types.ts';

/** Nothing where the text is no address, or names a zone. */
function bytesOf(address: string): readonly number[] | undefined {
  return isIpAddress(address) && !address.includes('%') ? addressBytes(address) : undefined;
}

export function sameAddress(left: string, right: string): boolean {
  if (left === right) return true;
  const [one, other] = [bytesOf(unmapped(left)), bytesOf(unmapped(right))];
  return one !== undefined && one.length === other?.length && one.every((byte, index) => byte === other[index]);
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
  const [bytes, start] = [bytesOf(unmapped(address)), bytesOf(range.addressPrefix)];
  if (!bytes || !start || bytes.length !== start.length) return false;
  const length = range.prefixLen ?? 0;
  return bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, length - index * 8));
    const mask = (0xff << (8 - bits)) & 0xff;
    return (byte & mask) === ((start[index] ?? 0) & mask);
  });
}

export function rangeText({ addressPrefix, prefixLen }: CidrRange): string {
  return `${addressPrefix}/${prefixLen ?? 0}`;
}
