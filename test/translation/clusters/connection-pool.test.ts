import { describe, expect, it } from 'vitest';
import { buildConnectionPool } from '../../../src/translation/clusters/connection-pool.ts';
import { buildOutlierDetection } from '../../../src/translation/clusters/outlier-detection.ts';

const unlimited = 4294967295;
const mesh = { connectTimeout: '10s', tcpKeepalive: { probes: 3, time: '10s' } };

describe('buildConnectionPool', () => {
  it('limits nothing by default', () => {
    expect(buildConnectionPool({ connectTimeout: '10s' }, undefined, undefined)).toEqual({
      connectTimeout: '10s',
      circuitBreakers: {
        thresholds: [
          { maxConnections: unlimited, maxPendingRequests: unlimited, maxRequests: unlimited, maxRetries: unlimited },
        ],
      },
    });
  });

  it('merges keepalive of the mesh and of the rule field by field, in whole seconds', () => {
    const pool = { tcp: { connectTimeout: '1s', tcpKeepalive: { time: '2.500s', interval: '75s' } } };
    expect(buildConnectionPool(mesh, pool, undefined)).toMatchObject({
      connectTimeout: '1s',
      upstreamConnectionOptions: {
        tcpKeepalive: { keepaliveProbes: 3, keepaliveTime: 2, keepaliveInterval: 75 },
      },
    });
  });

  it('completes a retry budget', () => {
    const budgetOf = (percent?: number) =>
      buildConnectionPool({}, undefined, percent === undefined ? {} : { percent }).circuitBreakers?.thresholds?.[0]
        ?.retryBudget;
    expect(budgetOf()).toEqual({ budgetPercent: { value: 20 }, minRetryConcurrency: 3 });
    expect(budgetOf(0)).toEqual({ budgetPercent: {}, minRetryConcurrency: 3 });
  });
});

describe('buildOutlierDetection', () => {
  it('turns a detector on by a threshold and off by 0', () => {
    expect(buildOutlierDetection({ consecutive5xxErrors: 3, consecutiveGatewayErrors: 0 })).toEqual({
      enforcingSuccessRate: 0,
      consecutive5xx: 3,
      enforcingConsecutive5xx: 100,
      consecutiveGatewayFailure: 0,
      enforcingConsecutiveGatewayFailure: 0,
    });
  });

  it('tells local errors apart only where asked', () => {
    expect(buildOutlierDetection({ consecutiveLocalOriginFailures: 4 })).toEqual({ enforcingSuccessRate: 0 });
    expect(
      buildOutlierDetection({ splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 4 }),
    ).toMatchObject({
      splitExternalLocalOriginErrors: true,
      consecutiveLocalOriginFailure: 4,
      enforcingConsecutiveLocalOriginFailure: 100,
      enforcingLocalOriginSuccessRate: 0,
    });
  });
});
