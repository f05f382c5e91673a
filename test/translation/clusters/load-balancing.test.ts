import { describe, expect, it } from 'vitest';
import { buildLoadBalancing } from '../../../src/translation/clusters/load-balancing.ts';

describe('buildLoadBalancing', () => {
  it('balances by least request unless told otherwise', () => {
    expect(buildLoadBalancing(undefined)).toEqual({ lbPolicy: 'LEAST_REQUEST' });
    expect(buildLoadBalancing({ simple: 'LEAST_CONN' })).toEqual({ lbPolicy: 'LEAST_REQUEST' });
    expect(buildLoadBalancing({ simple: 'RANDOM' })).toEqual({ lbPolicy: 'RANDOM' });
  });

  it('leaves out round robin, which is Envoy’s default', () => {
    expect(buildLoadBalancing({ simple: 'ROUND_ROBIN' })).toEqual({});
  });

  it('fills in what a warm-up leaves open', () => {
    expect(buildLoadBalancing({ simple: 'ROUND_ROBIN', warmup: { duration: '30s' } })).toEqual({
      roundRobinLbConfig: {
        slowStartConfig: {
          slowStartWindow: '30s',
          aggression: { defaultValue: 1, runtimeKey: '(' },
          minWeightPercent: { value: 10 },
        },
      },
    });
  });

  it('hashes over a ring of 1024 places unless a size is given', () => {
    const sizes = [undefined, 64].map((minimumRingSize) =>
      buildLoadBalancing({ consistentHash: { useSourceIp: true, ...(minimumRingSize && { minimumRingSize }) } }),
    );
    expect(sizes).toEqual(
      ['1024', '64'].map((minimumRingSize) => ({ lbPolicy: 'RING_HASH', ringHashLbConfig: { minimumRingSize } })),
    );
  });

  it('keeps an ineffective slow start beside a hash without configuration, as istiod does', () => {
    const balancing = buildLoadBalancing({ consistentHash: { maglev: {} }, warmupDurationSecs: '5s' });
    expect(balancing).toEqual({
      lbPolicy: 'MAGLEV',
      leastRequestLbConfig: { slowStartConfig: { slowStartWindow: '5s' } },
    });
  });
});
