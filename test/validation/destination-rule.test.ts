import { describe, expect, it } from 'vitest';
import type { DestinationRule, TrafficPolicy } from '../../src/model/istio/destination-rule.ts';
import { problemsOf } from './problems-of.ts';

describe('a DestinationRule', () => {
  it.each<readonly [string, DestinationRule, readonly string[]]>([
    ['as it should be', {}, []],
    ['without a host', { host: '' }, ['error spec.host']],
    ['with an empty policy', { trafficPolicy: {} }, ['error spec.trafficPolicy']],
    ['with two subsets of one name', { subsets: [{ name: 'a' }, { name: 'a' }] }, ['error spec.subsets[1].name']],
    ['with a subset without a name', { subsets: [{ labels: {} }] }, ['error spec.subsets[0].name']],
    ['exported to no one', { exportTo: ['~'] }, ['error spec.exportTo[0]']],
    ['with a selector, for its namespace', { workloadSelector: { matchLabels: { a: 'b' } }, exportTo: ['.'] }, []],
    [
      'with a selector, for all',
      { workloadSelector: { matchLabels: { a: 'b' } }, exportTo: ['*'] },
      ['error spec.exportTo'],
    ],
    [
      'with a deprecated field in a subset, of which istiod does not warn',
      { subsets: [{ name: 'a', trafficPolicy: { outlierDetection: { consecutiveErrors: 5 } } }] },
      [],
    ],
    [
      'with port settings for no port',
      { trafficPolicy: { portLevelSettings: [{ tls: { mode: 'SIMPLE' } }] } },
      ['error spec.trafficPolicy.portLevelSettings[0].port'],
    ],
    [
      'with port settings without content',
      { trafficPolicy: { portLevelSettings: [{ port: { number: 80 } }] } },
      ['error spec.trafficPolicy.portLevelSettings[0]'],
    ],
  ])('%s', (_, change, problems) => {
    expect(problemsOf('DestinationRule', { host: 'api.example.com', ...change })).toEqual(problems);
  });

  it.each<readonly [string, TrafficPolicy, readonly string[]]>([
    [
      'a tunnel and proxyProtocol',
      { tunnel: { targetHost: 'a.b', targetPort: 80 }, proxyProtocol: {} },
      ['error tunnel'],
    ],
    ['a tunnel by GET', { tunnel: { protocol: 'GET', targetHost: 'a.b', targetPort: 80 } }, ['error tunnel.protocol']],
    ['a tunnel to an IP address', { tunnel: { targetHost: '10.0.0.1', targetPort: 80 } }, []],
    [
      'an ejection of 150 %',
      { outlierDetection: { maxEjectionPercent: 150 } },
      ['error outlierDetection.maxEjectionPercent'],
    ],
    [
      'an interval of half a millisecond',
      { outlierDetection: { interval: '0.000500s' } },
      ['error outlierDetection.interval'],
    ],
    [
      'local failures that are not counted',
      { outlierDetection: { consecutiveLocalOriginFailures: 3 } },
      ['error outlierDetection.consecutiveLocalOriginFailures'],
    ],
    [
      'consecutiveErrors',
      { outlierDetection: { consecutiveErrors: 3 } },
      ['warning outlierDetection.consecutiveErrors'],
    ],
    ['an empty connection pool', { connectionPool: {} }, ['error connectionPool']],
    [
      'negative connections',
      { connectionPool: { tcp: { maxConnections: -1 } } },
      ['error connectionPool.tcp.maxConnections'],
    ],
    ['no idle timeout for TCP', { connectionPool: { tcp: { idleTimeout: '0s' } } }, []],
    [
      'no idle timeout for HTTP',
      { connectionPool: { http: { idleTimeout: '0s' } } },
      ['error connectionPool.http.idleTimeout'],
    ],
    [
      'an upgrade and the client’s protocol',
      { connectionPool: { http: { h2UpgradePolicy: 'UPGRADE', useClientProtocol: true } } },
      ['error connectionPool.http.useClientProtocol'],
    ],
    [
      'a cookie without a name',
      { loadBalancer: { consistentHash: { httpCookie: {} } } },
      ['error loadBalancer.consistentHash.httpCookie.name'],
    ],
    [
      'a table of no size',
      { loadBalancer: { consistentHash: { maglev: {} } } },
      ['error loadBalancer.consistentHash.maglev.tableSize'],
    ],
    [
      'a table of a size that is not prime',
      { loadBalancer: { consistentHash: { maglev: { tableSize: 65535 } } } },
      ['error loadBalancer.consistentHash.maglev.tableSize'],
    ],
    ['a table of a prime size', { loadBalancer: { consistentHash: { maglev: { tableSize: 65537 } } } }, []],
    [
      'minimumRingSize',
      { loadBalancer: { consistentHash: { useSourceIp: true, minimumRingSize: 64 } } },
      ['warning loadBalancer.consistentHash.minimumRingSize'],
    ],
    ['a warm-up without end', { loadBalancer: { warmup: {} } }, ['error loadBalancer.warmup.duration']],
    [
      'failover without outlier detection',
      { loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } } },
      ['warning loadBalancer.localityLbSetting'],
    ],
    [
      'failover to itself',
      { outlierDetection: {}, loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'a' }] } } },
      ['error loadBalancer.localityLbSetting.failover[0]'],
    ],
    [
      'distribution and failover',
      { loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'b' }], distribute: [{}] } } },
      ['error loadBalancer.localityLbSetting.distribute'],
    ],
    [
      'weights that are not 100',
      { loadBalancer: { localityLbSetting: { distribute: [{ from: 'a', to: { a: 30 } }] } } },
      ['error loadBalancer.localityLbSetting.distribute[0].to'],
    ],
    [
      'localities that overlap',
      {
        loadBalancer: {
          localityLbSetting: {
            distribute: [
              { from: 'a/*', to: { a: 100 } },
              { from: 'a/b', to: { a: 100 } },
            ],
          },
        },
      },
      ['error loadBalancer.localityLbSetting.distribute'],
    ],
    [
      'mutual TLS without a certificate',
      { tls: { mode: 'MUTUAL', privateKey: '/key' } },
      ['error tls.clientCertificate'],
    ],
    ['mutual TLS with a credential', { tls: { mode: 'MUTUAL', credentialName: 'secret' } }, []],
    [
      'a credential and a file',
      { tls: { mode: 'SIMPLE', credentialName: 'secret', caCertificates: '/ca' } },
      ['error tls.caCertificates'],
    ],
    [
      'a CA not to verify with',
      { tls: { mode: 'SIMPLE', insecureSkipVerify: true, caCertificates: '/ca' } },
      ['error tls.caCertificates'],
    ],
    ['a ConfigMap of the namespace', { tls: { mode: 'SIMPLE', credentialName: 'configmap://default/ca' } }, []],
    [
      'a ConfigMap of another namespace',
      { tls: { mode: 'SIMPLE', credentialName: 'configmap://other/ca' } },
      ['error tls.credentialName'],
    ],
  ])('with %s', (_, trafficPolicy, problems) => {
    const found = problemsOf('DestinationRule', { host: 'api.example.com', trafficPolicy });
    expect(found.map((problem) => problem.replace('spec.trafficPolicy.', ''))).toEqual(problems);
  });

  it('may warm up less aggressively from 1.31 on', () => {
    const rule: DestinationRule = {
      host: 'a.b',
      trafficPolicy: { loadBalancer: { warmup: { duration: '10s', aggression: 0.5 } } },
    };
    const refused = ['error spec.trafficPolicy.loadBalancer.warmup.aggression'];
    expect(problemsOf('DestinationRule', rule)).toEqual(refused);
    expect(problemsOf('DestinationRule', rule, { istioVersion: '1.31' })).toEqual([]);
  });
});
