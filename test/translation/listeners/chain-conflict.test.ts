import { describe, expect, it } from 'vitest';
import { chainKey } from '../../../src/translation/listeners/plan/chain-conflict.ts';

describe('chainKey', () => {
  it('tells apart only what Envoy can tell apart', () => {
    const key = chainKey({ serverNames: ['a.com', 'b.com'], destinationRanges: ['10.1.0.0/8'] });
    expect(chainKey({ serverNames: ['b.com', '*', 'a.com'], destinationRanges: ['10.2.0.0/8', '0.0.0.0/0'] })).toBe(
      key,
    );
    expect(chainKey({ serverNames: ['a.com'], destinationRanges: ['10.1.0.0/8'] })).not.toBe(key);
  });
});
