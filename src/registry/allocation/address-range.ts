import { isIpAddress } from '../../model/ip-address.ts';
import { addressBytes, formatAddress } from '../../model/ip-prefix.ts';

/** A range that istiod gives addresses from. */
export interface AddressRange {
  readonly text: string;
  readonly size: bigint;
  format(offset: bigint): string;
  /** Counted from the range's first address; absent for an address outside. */
  offsetOf(address: string): bigint | undefined;
}

/** Class E, which leads nowhere outside the pod. PILOT_IP_AUTOALLOCATE_IPV4_PREFIX. */
export const ipv4Range: AddressRange = addressRange('240.240.0.0', 16);

/** Set apart for benchmarks by RFC 5180. PILOT_IP_AUTOALLOCATE_IPV6_PREFIX. */
export const ipv6Range: AddressRange = addressRange('2001:2::', 48);

function addressRange(first: string, prefixLength: number): AddressRange {
  const bytes = addressBytes(first);
  const base = toNumber(bytes);
  const size = 1n << BigInt(bytes.length * 8 - prefixLength);
  return {
    text: `${first}/${prefixLength}`,
    size,
    format: (offset) => formatAddress(toBytes(base + offset, bytes.length)),
    offsetOf(address) {
      if (address.includes('%') || !isIpAddress(address)) return undefined;
      const other = addressBytes(address);
      if (other.length !== bytes.length) return undefined;
      const offset = toNumber(other) - base;
      return offset >= 0n && offset < size ? offset : undefined;
    },
  };
}

function toNumber(bytes: readonly number[]): bigint {
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

function toBytes(number: bigint, length: number): readonly number[] {
  return Array.from({ length }, (_, index) => Number((number >> BigInt(8 * (length - 1 - index))) & 0xffn));
}
