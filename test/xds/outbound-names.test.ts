import { expect, it } from 'vitest';
import { OutboundNames } from '../../src/xds/outbound-names.ts';
import { buildSniName, outboundName } from '../../src/xds/resource-name.ts';

it('gives clusters the names that they have everywhere', () => {
  const names = new OutboundNames();
  for (const port of [80, 443, 80]) {
    for (const subset of ['', 'v1']) {
      for (const hostname of ['a.com', '*.b.com']) {
        expect(names.of(hostname, port, subset)).toBe(outboundName(hostname, port, subset));
        expect(names.sniOf(hostname, port, subset)).toBe(
          buildSniName({ direction: 'outbound', port, subset, hostname }),
        );
      }
    }
  }
});
