import { describe, expect, it } from 'vitest';
import { influence } from '../../src/influence/influence.ts';
import { fieldsThatShape } from '../../src/influence/queries.ts';

const manifests = [
  {
    file: 'entry.yaml',
    text: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: api, namespace: default}
spec:
  hosts: [api.example.com]
  ports:
  - number: 443
    name: tls
    protocol: TLS
  resolution: DNS
`,
  },
  {
    file: 'rule.yaml',
    text: `# two documents
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
        maxConnections: 7
---
apiVersion: v1
kind: List
items:
- apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata: {name: unused, namespace: default}
  spec:
    host: nothing.example.com
    trafficPolicy:
      connectionPool:
        tcp: {maxConnections: 9}
`,
  },
];
const cluster = 'clusters["outbound|443||api.example.com"]';

describe('influence', () => {
  const result = influence(manifests, { proxy: { metadata: { DNS_CAPTURE: 'true' } } });

  it('names the field that shapes an output, with its file and line, most telling first', () => {
    const [first] = fieldsThatShape(result, `${cluster}.connectTimeout`);
    expect(first?.field.path).toBe('spec.trafficPolicy.connectionPool.tcp.connectTimeout');
    expect(first?.field.range).toMatchObject({ file: 'rule.yaml', line: 11, column: 9 });
    expect(first?.outputs).toEqual([`${cluster}.connectTimeout`]);
  });

  it('names what a field shapes', () => {
    const found = result.fields.find(({ field }) => field.path.endsWith('maxConnections'));
    expect(found?.outputs).toEqual([`${cluster}.circuitBreakers.thresholds[0].maxConnections`]);
  });

  it('counts fields that choose, not only those that are copied', () => {
    const fields = fieldsThatShape(result, `${cluster}.connectTimeout`).map(({ field }) => field.path);
    expect(fields).toContain('spec.host');
    expect(fields).toContain('spec.hosts[0]');
  });

  it('leaves out what shapes nothing', () => {
    expect(result.fields.filter(({ field }) => field.resource?.name === 'unused')).toEqual([]);
  });

  it('counts the scenario', () => {
    const [first] = fieldsThatShape(result, 'names["api.example.com"].ips');
    expect(result.fields.some(({ field }) => field.resource === undefined)).toBe(true);
    expect(first?.outputs.some((output) => output.startsWith('names["api.example.com"]'))).toBe(true);
  });

  it('leaves out values that Istio would refuse', () => {
    const number = result.fields.find(({ field }) => field.path === 'spec.ports[0].number');
    expect(number?.variations.map(({ value }) => value)).toEqual([444]);
  });

  it('looks only at the fields that are asked for', () => {
    const { fields } = influence(manifests, {}, { only: ({ path }) => path === 'spec.resolution' });
    expect(fields.map(({ field }) => field.path)).toEqual(['spec.resolution']);
  });

  it('positions fields of the scenario in its file', () => {
    const scenarioFile = { file: 'scenario.yaml', text: 'proxy:\n  metadata: {DNS_CAPTURE: "true"}\n' };
    const { fields } = influence(manifests, { proxy: { metadata: { DNS_CAPTURE: 'true' } } }, { scenarioFile });
    expect(fields.at(-1)?.field).toMatchObject({
      path: 'proxy.metadata.DNS_CAPTURE',
      range: { file: 'scenario.yaml', line: 2 },
    });
  });
});
