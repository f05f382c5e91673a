import { addressBytes, type IpPrefix, parsePrefix } from '../../model/ip-prefix.ts';
import { ipv4Range, ipv6Range } from '../../registry/allocation/address-range.ts';
import type { Finding, Rule } from '../rule.ts';

export const vipInAllocationRange: Rule = {
  code: 'vip-in-allocation-range',
  severity: 'warning',
  documentation:
    'istiod gives entries without addresses virtual ones from 240.240.0.0/16 and 2001:2::/48. An address that a user picks there can be taken already: allocation follows the order of creation, and an allocated address stays with its entry. Then two services answer at one address. Pick one from a range that istiod does not use, or leave spec.addresses out.',
  inMesh: ({ written }) =>
    written('ServiceEntry').flatMap((entry): readonly Finding[] =>
      (entry.spec.addresses ?? []).flatMap((address, index) => {
        const given = parsePrefix(address);
        const range = given && ranges.find(({ prefix }) => overlaps(given, prefix))?.range;
        return range
          ? [
              {
                resource: entry,
                path: `spec.addresses[${index}]`,
                message: `${address} lies in ${range.text}, from which istiod allocates addresses to entries that have none: another entry can come to have it. Pick an address outside of ${range.text}, or leave spec.addresses out and let istiod allocate one.`,
              },
            ]
          : [];
      }),
    ),
};

const ranges = [ipv4Range, ipv6Range].flatMap((range) => {
  const prefix = parsePrefix(range.text);
  return prefix ? [{ range, prefix }] : [];
});

function overlaps(given: IpPrefix, allocated: IpPrefix): boolean {
  const [left, right] = [addressBytes(given.address), addressBytes(allocated.address)];
  if (left.length !== right.length) return false;
  const bits = Math.min(given.length, allocated.length);
  return left.every((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return byte >> (8 - kept) === (right[index] ?? 0) >> (8 - kept);
  });
}
