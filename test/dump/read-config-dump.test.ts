import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import { asDumped } from '../../src/dump/as-dumped.ts';
import { readConfigDump } from '../../src/dump/read-config-dump.ts';
import { type Snapshot, translate } from '../../src/index.ts';
import { readCase } from '../golden/read-case.ts';

// What Envoy 1.38.3 answered when it had got the resources of this case from files named xds/*.json, without what only
// Istio's own build of Envoy knows, certificates, and the inbound listener.
const recorded = fs.readFileSync('test/dump/config-dump.json', 'utf8');
const { text, scenario } = readCase('golden/guide/sticky-sessions-header');
const served = asServed(translate(text, scenario));

function asServed({ clusters, listeners, routes, endpoints, nameTable }: Snapshot): Snapshot {
  return {
    clusters: fromFile('eds.json', clusters),
    listeners: fromFile('rds.json', listeners).filter(({ name }) => name !== 'virtualInbound'),
    routes,
    endpoints,
    nameTable,
  };
}

function fromFile<T>(file: string, resources: readonly T[]): readonly T[] {
  const known = JSON.parse(JSON.stringify(resources), (key, value) => {
    if (key === 'transportSocketMatches') return undefined;
    if (!Array.isArray(value)) return value;
    const rest = value.filter((item) => !String(item?.name).startsWith('istio.'));
    return rest.length > 0 ? rest : undefined;
  });
  return JSON.parse(JSON.stringify(known).replaceAll('"ads":{}', `"pathConfigSource":{"path":"xds/${file}"}`));
}

describe('readConfigDump', () => {
  const dump = readConfigDump(recorded);

  it('reads what Envoy was sent, without what it adds or brings', () => {
    expect(dump?.diagnostics).toEqual([]);
    expect(dump?.hasEndpoints).toBe(true);
    expect(diff(dump?.snapshot as Snapshot, asDumped(served))).toEqual([]);
    for (const section of ['clusters', 'listeners', 'routes', 'endpoints'] as const)
      expect(dump?.snapshot[section]).not.toEqual([]);
  });

  it('derives the scenario from the node', () => {
    expect(dump?.scenario).toEqual({
      istioVersion: '1.30',
      proxy: {
        type: 'sidecar',
        ip: '10.10.0.1',
        name: 'client',
        namespace: 'default',
        labels: { app: 'client' },
        locality: 'eu/eu-1',
        clusterId: 'Kubernetes',
        metadata: {
          DNS_CAPTURE: 'true',
          ISTIO_VERSION: '1.30.3',
          PROXY_CONFIG: { binaryPath: '/usr/local/bin/envoy' },
        },
      },
    });
  });

  it('reads canonical names and YAML too', () => {
    const yaml = `configs:
- "@type": type.googleapis.com/envoy.admin.v3.ClustersConfigDump
  dynamicActiveClusters:
  - cluster: {"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: a, connectTimeout: 1s}
`;
    expect(readConfigDump(yaml)?.snapshot.clusters).toEqual([{ name: 'a', connectTimeout: '1s' }]);
  });

  it('says what a dump leaves open', () => {
    const bare = { configs: [{ '@type': 'type.googleapis.com/envoy.admin.v3.ClustersConfigDump' }] };
    const read = readConfigDump(JSON.stringify(bare));
    expect(read?.hasEndpoints).toBe(false);
    expect(read?.scenario).toEqual({});
    expect(read?.diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['config-dump-incomplete', 'node.id'],
      ['config-dump-incomplete', undefined],
    ]);
  });

  it('takes the listener that serves, and reports one that Envoy refused', () => {
    const listener = { name: 'a', address: {} };
    const configs = [
      {
        '@type': 'type.googleapis.com/envoy.admin.v3.ListenersConfigDump',
        dynamic_listeners: [
          { name: 'a', active_state: { listener }, error_state: { details: 'no such filter' } },
          { name: 'b', warming_state: { listener: { name: 'b' } } },
        ],
      },
    ];
    const read = readConfigDump(JSON.stringify({ configs }));
    expect(read?.snapshot.listeners).toEqual([listener, { name: 'b' }]);
    expect(read?.diagnostics.map(({ code }) => code)).toContain('listener-refused-by-envoy');
  });

  it('takes the bootstrap of a proxy without control plane', () => {
    const configs = [
      {
        '@type': 'type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
        static_clusters: [{ cluster: { name: 'a', alt_stat_name: 'b' } }],
      },
    ];
    expect(readConfigDump(JSON.stringify({ configs }))?.snapshot.clusters).toEqual([{ name: 'a', altStatName: 'b' }]);
  });

  it.each(['', '{', 'hello', '[]', '{"configs": 7}', 'a: [', 'null'])('refuses %j', (nonsense) => {
    expect(readConfigDump(nonsense)).toBeUndefined();
  });

  it.each(['0.9.1', '1.28.2', '1.32.0', '2.0.0', 'unknown'])('finds the nearest version to %s', (version) => {
    const node = { id: 'router~1.2.3.4~gw.istio-system~x', metadata: { ISTIO_VERSION: version } };
    const configs = [{ '@type': 'type.googleapis.com/envoy.admin.v3.BootstrapConfigDump', bootstrap: { node } }];
    const read = readConfigDump(JSON.stringify({ configs }));
    expect(read?.scenario.istioVersion).toBe(/^[01]\.(9|28)/.test(version) ? '1.29' : '1.31');
    expect(read?.scenario.proxy).toMatchObject({ type: 'router', name: 'gw', namespace: 'istio-system' });
    expect(read?.diagnostics.map(({ path }) => path)).toContain('node.metadata.ISTIO_VERSION');
  });
});
