import { describe, expect, it } from 'vitest';
import { mergeSubsetPolicy, selectPortPolicy } from '../../src/registry/traffic-policy.ts';

const simple = { simple: 'RANDOM' } as const;
const pool = { tcp: { maxConnections: 5 } };
const tls = { mode: 'SIMPLE' } as const;

describe('selectPortPolicy', () => {
  it('lets settings of the port hide the whole policy', () => {
    const policy = { loadBalancer: simple, connectionPool: pool, portLevelSettings: [{ port: { number: 443 }, tls }] };
    expect(selectPortPolicy(policy, 443)).toBe(policy.portLevelSettings[0]);
    expect(selectPortPolicy(policy, 80)).toBe(policy);
  });

  it('has nothing to say without a rule', () => {
    expect(selectPortPolicy(undefined, 80)).toBeUndefined();
  });
});

describe('mergeSubsetPolicy', () => {
  it('overrides the rule part by part', () => {
    expect(mergeSubsetPolicy({ loadBalancer: simple, tls }, { connectionPool: pool }, 80)).toEqual({
      loadBalancer: simple,
      tls,
      connectionPool: pool,
    });
  });

  it('hides load balancer, pool, outlier detection and TLS of the rule behind port settings of the subset', () => {
    const ofRule = {
      loadBalancer: simple,
      tls,
      proxyProtocol: { version: 'V2' },
      retryBudget: { percent: 1 },
    } as const;
    const ofSubset = { portLevelSettings: [{ port: { number: 80 }, connectionPool: pool }] };
    expect(mergeSubsetPolicy(ofRule, ofSubset, 80)).toEqual({
      proxyProtocol: { version: 'V2' },
      retryBudget: { percent: 1 },
      connectionPool: pool,
    });
  });

  it('keeps the policy of the rule where the subset has none', () => {
    const ofRule = { tls };
    expect(mergeSubsetPolicy(ofRule, undefined, 80)).toBe(ofRule);
  });
});
