import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FreedAddresses } from '../../src/registry/allocation/freed-addresses.ts';

const addresses = ['a', 'b', 'c', 'd'];

it('stays as it is, whichever list is gone on from', () => {
  const step = fc.record({ from: fc.nat(20), address: fc.constantFrom(...addresses) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const lists = [{ freed: new FreedAddresses(), expected: new Set<string>() }];
      for (const { from, address } of steps) {
        const before = lists[from % lists.length];
        if (!before) continue;
        lists.push({ freed: before.freed.with(address), expected: new Set([...before.expected, address]) });
      }
      for (const { freed, expected } of lists) {
        expect(addresses.filter((address) => freed.has(address))).toEqual(addresses.filter((a) => expected.has(a)));
      }
    }),
  );
});
