import { describe, expect, it } from 'vitest';
import { why } from '../../src/influence/why.ts';

const input = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: api, namespace: default}
spec:
  hosts: [api.example.com]
  ports:
  - {number: 443, name: tls, protocol: TLS}
  resolution: DNS
  exportTo: ["."]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: api, namespace: default}
spec:
  host: api.example.com
  trafficPolicy:
    connectionPool:
      tcp:
        connectTimeout: 3s
`;
const cluster = 'clusters["outbound|443||api.example.com"]';

describe('why', () => {
  it('says what other values would make of the output', () => {
    const answer = why(input, {}, 'clusters[outbound|443||api.example.com].connectTimeout');
    expect(answer).toMatchObject({ path: `${cluster}.connectTimeout`, value: '3s' });
    const [first] = answer?.shapedBy ?? [];
    expect(first?.field.path).toBe('spec.trafficPolicy.connectionPool.tcp.connectTimeout');
    expect(first?.alternatives.map(({ groups, ...alternative }) => alternative)).toEqual([
      { tried: '13s', becomes: '13s' },
      { becomes: '10s' },
    ]);
    expect(first?.alternatives[1]?.groups.map(({ text }) => text)).toEqual([
      '1 cluster waits 10s instead of 3s for a connection',
    ]);
  });

  it('says what keeps an output out', () => {
    const answer = why(input, { proxy: { namespace: 'elsewhere' } }, cluster);
    expect(answer).not.toHaveProperty('value');
    expect(answer?.shapedBy.map(({ field }) => field.path)).toContain('spec.exportTo[0]');
  });

  it('knows no answer for what is not part of the output', () => {
    expect(why(input, {}, 'spec.hosts')).toBeUndefined();
  });
});
