import { isIpAddress } from '../../model/ip-address.ts';
import { addressBytes, parsePrefix } from '../../model/ip-prefix.ts';

/** A range that istiod gives addresses from. Offsets count from its first address. */
export interface AddressRange {
  readonly text: string;
  readonly size: number;
  /** The address in its canonical form. */
  format(offset: number): string;
  /** An address of the range, however it is written; absent for one outside. Offsets beyond 2⁵³ are approximate. */
  find(address: string): { readonly address: string; readonly offset: number } | undefined;
}

/** Class E, which leads nowhere outside the pod. PILOT_IP_AUTOALLOCATE_IPV4_PREFIX. */
export const ipv4Range: AddressRange = {
  text: '240.240.0.0/16',
  size: 2 ** 16,
  format: (offset) => `240.240.${offset >> 8}.${offset & 0xff}`,
  find: (address) => (address.startsWith('240.240.') ? findWithin(address, [240, 240]) : undefined),
};

/** Set apart for benchmarks by RFC 5180. PILOT_IP_AUTOALLOCATE_IPV6_PREFIX. */
export const ipv6Range: AddressRange = {
  text: '2001:2::/48',
  size: 2 ** 80,
  format(offset) {
    const [high, low] = [Math.floor(offset / 2 ** 16), offset % 2 ** 16];
    return high === 0 ? `2001:2::${low.toString(16)}` : `2001:2::${high.toString(16)}:${low.toString(16)}`;
  },
  find: (address) => (address.includes(':') ? findWithin(address, [0x20, 0x01, 0x00, 0x02, 0x00, 0x00]) : undefined),
};

function findWithin(text: string, prefix: readonly number[]): ReturnType<AddressRange['find']> {
  if (text.includes('%') || !isIpAddress(text)) return undefined;
  const bytes = addressBytes(text);
  const length = prefix.length === 2 ? 4 : 16;
  if (bytes.length !== length || prefix.some((byte, index) => bytes[index] !== byte)) return undefined;
  const offset = bytes.slice(prefix.length).reduce((number, byte) => number * 256 + byte, 0);
  return { address: parsePrefix(text)?.address ?? text, offset };
}
