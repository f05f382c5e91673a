import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrefix } from '../../src/model/ip-prefix.ts';

describe('parsePrefix', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3', 32],
    ['10.1.2.3/8', '10.1.2.3', 8],
    ['2001:DB8:0:0:1::/64', '2001:db8:0:0:1::', 64],
    ['::ffff:1.2.3.4', '::ffff:1.2.3.4', 128],
  ])('reads %s', (text, address, length) => {
    expect(parsePrefix(text)).toMatchObject({ address, length });
  });

  it.each(['', 'example.com', '1.2.3', '01.2.3.4', '1.2.3.256', '1.2.3.4/33', '1::2::3', '::/129', '1.2.3.4/'])(
    'refuses %s',
    (text) => {
      expect(parsePrefix(text)).toBeUndefined();
    },
  );

  it('gives the same range for every address in it', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 24 }), fc.nat(255), (ip, length, last) => {
        const sibling = ip.replace(/\d+$/, String(last));
        expect(parsePrefix(`${sibling}/${length}`)?.masked).toBe(parsePrefix(`${ip}/${length}`)?.masked);
      }),
    );
  });
});
