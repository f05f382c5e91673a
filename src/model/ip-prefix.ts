import { isAddressRange, isIpAddress } from './ip-address.ts';

/** An IP range as Go's netip reads it. */
export interface IpPrefix {
  readonly address: string;
  readonly length: number;
  /** The range without the address bits beyond its length: equal for equal ranges. */
  readonly masked: string;
}

/** Reads an address or a range; absent where it is neither, or names a zone. */
export function parsePrefix(text: string): IpPrefix | undefined {
  if (text.includes('%') || !(isIpAddress(text) || isAddressRange(text))) return undefined;
  const [address = '', lengthText] = text.split('/');
  const bytes = addressBytes(address);
  const length = lengthText === undefined ? bytes.length * 8 : Number(lengthText);
  const kept = bytes.map((byte, index) => byte & maskOf(length - index * 8));
  return { address: formatAddress(bytes), length, masked: `${kept.join('.')}/${length}` };
}

/** The 4 or 16 bytes of an address that `isIpAddress` accepts and that names no zone. */
export function addressBytes(address: string): readonly number[] {
  return address.includes(':') ? ipv6Bytes(address) : address.split('.').map(Number);
}

/** The bits of one byte that lie within `remaining` bits. */
function maskOf(remaining: number): number {
  if (remaining >= 8) return 0xff;
  return remaining <= 0 ? 0 : (0xff << (8 - remaining)) & 0xff;
}

function ipv6Bytes(text: string): readonly number[] {
  const [head = '', tail = ''] = text.split('::');
  const [before, after] = [groupBytes(head), groupBytes(tail)];
  return [...before, ...new Array<number>(16 - before.length - after.length).fill(0), ...after];
}

function groupBytes(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** The canonical text of RFC 5952: the longest run of zero groups is left out. */
function formatAddress(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const mapped = bytes.slice(0, 12).every((byte, index) => byte === (index < 10 ? 0 : 0xff));
  if (mapped) return `::ffff:${bytes.slice(12).join('.')}`;
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0));
  const run = longestZeroRun(groups);
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (run.length < 2) return text(groups);
  return `${text(groups.slice(0, run.start))}::${text(groups.slice(run.start + run.length))}`;
}

function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}
