import { describe, expect, it } from 'vitest';
import { translate } from '../../src/translate.ts';
import { cliForTests } from './run-cli.ts';

const run = cliForTests();
const wikipedia = ['-f', 'golden/wildcard-egress/dynamic-dns/input.yaml', '--registry-only'];
const elasticsearch = ['-f', 'golden/guide/pattern-4-multiple-ports/input.yaml', '--namespace', 'search'];

describe('xdsim explain URL', () => {
  it('draws the way as a tree', () => {
    const { status, stdout } = run(['explain', ...wikipedia, 'https://en.wikipedia.org/']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^├─ Listener +0\.0\.0\.0_443$/m);
    expect(stdout).toMatch(/^└─ Endpoints +en\.wikipedia\.org:443$/m);
    expect(stdout).toContain('Routed to a cluster (outbound|443||*.wikipedia.org)');
  });

  it('fails where the request fails, and says why nothing else took it', () => {
    const { status, stdout } = run(['explain', ...wikipedia, 'https://example.com/', '--verbose']);
    expect(status).toBe(1);
    expect(stdout).toContain('Blocked by REGISTRY_ONLY');
    expect(stdout).toContain('✗ filter chain 0: It asks for the server name *.wikipedia.org, not example.com.');
  });

  it('asks the DNS proxy first', () => {
    const { stdout } = run(['explain', ...elasticsearch, '--dns-capture', 'tcp://es.example.com:9300']);
    expect(stdout).toMatch(/^├─ DNS +240\.240\.0\.1$/m);
    expect(stdout).toMatch(/^├─ Listener +240\.240\.0\.1_9300$/m);
  });

  it('takes headers, and the Host from them', () => {
    const url = 'http://192.0.2.1:9200/';
    const { stdout } = run([
      'explain',
      ...elasticsearch,
      url,
      '-H',
      'Host: es.example.com',
      '-H',
      'a: b',
      '-o',
      'json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      url,
      resolution: { answeredBy: 'nobody' },
      request: { address: '192.0.2.1', host: 'es.example.com', headers: { a: 'b' } },
      explanation: { cluster: 'outbound|9200||es.example.com', outcome: 'routed' },
    });
  });

  it('draws a Mermaid flowchart', () => {
    const { stdout } = run(['explain', ...elasticsearch, 'http://es.example.com:9200/?a="b"', '-o', 'mermaid']);
    expect(stdout).toMatch(/^flowchart TD\n {2}url\(\["http:\/\/es\.example\.com:9200\/\?a=#34;b#34;"\]\)\n/);
    expect(stdout).toContain('["Cluster<br/>outbound|9200||es.example.com"]');
  });

  it('prints Markdown', () => {
    const { stdout } = run(['explain', ...elasticsearch, 'http://es.example.com:9200/', '-o', 'markdown']);
    expect(stdout).toMatch(/^10\. \*\*Cluster\*\* `outbound\|9200\|\|es\.example\.com`:/m);
    expect(stdout).toContain('| Virtual host | `allow_any` |');
  });

  it('follows a live proxy’s configuration', () => {
    const { clusters, listeners, routes } = translate([]);
    const dump = {
      configs: [
        {
          '@type': 'type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
          dynamic_active_clusters: clusters.map((cluster) => ({ cluster })),
        },
        {
          '@type': 'type.googleapis.com/envoy.admin.v3.ListenersConfigDump',
          dynamic_listeners: listeners.map((listener) => ({ active_state: { listener } })),
        },
        {
          '@type': 'type.googleapis.com/envoy.admin.v3.RoutesConfigDump',
          dynamic_route_configs: routes.map((route) => ({ route_config: route })),
        },
      ],
    };
    const { status, stdout } = run(['explain', '--config-dump', '-', 'tcp://192.0.2.1:5432'], {
      input: JSON.stringify(dump),
    });
    expect(status).toBe(0);
    expect(stdout).toContain('Passed through to the original address (PassthroughCluster)');
  });

  it.each([
    [['explain', ...wikipedia], 'name one URL'],
    [['explain', ...wikipedia, 'example.com'], 'is no URL'],
    [['explain', ...wikipedia, 'http://a/', '-o', 'svg'], 'choose text, json, mermaid or markdown'],
    [['explain', ...wikipedia, 'http://a/', '-H', 'x'], "write 'name: value'"],
    [['explain', '--config-dump', 'package.json', 'http://a/'], 'no configuration dump'],
  ])('refuses %j', (args, message) => {
    const { status, stderr } = run(args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
