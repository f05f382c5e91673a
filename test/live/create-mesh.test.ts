import { describe, expect, it } from 'vitest';
import { createMesh, translate } from '../../src/index.ts';

const entry = (name: string, port = 443) => ({
  file: `${name}.yaml`,
  text: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, creationTimestamp: "2024-01-0${name.charCodeAt(0) % 9}T00:00:00Z" }
spec:
  hosts: [${name}.example.com]
  ports: [{ number: ${port}, name: tls, protocol: TLS }]
  resolution: DNS
`,
});
const files = ['a', 'b', 'c'].map((name) => entry(name));
const clusterOf = (mesh: ReturnType<typeof createMesh>, name: string) =>
  mesh.view().clusters.find((cluster) => cluster.name?.endsWith(`||${name}.example.com`));

describe('createMesh', () => {
  it('says what translate says, of files and of a plain text', () => {
    expect(createMesh(files).view()).toEqual(translate(files));
    const text = files.map((file) => file.text).join('---\n');
    const scenario = { istioVersion: '1.29', proxy: { namespace: 'other' } } as const;
    expect(createMesh(text).view(scenario)).toEqual(translate(text, scenario));
  });

  it('makes another version of what changed, which shares the rest', () => {
    const mesh = createMesh(files);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => clusterOf(mesh, name));
    const changed = mesh.apply({ put: [entry('b', 8443)], remove: ['c.yaml'] });
    expect(clusterOf(changed, 'a')).toBe(a);
    expect(clusterOf(changed, 'b')?.name).toContain('|8443|');
    expect(clusterOf(changed, 'c')).toBeUndefined();
    expect(clusterOf(mesh, 'b')).toEqual(b);
    expect(clusterOf(changed.apply({ put: [entry('c')] }), 'c')).toEqual(c);
  });

  it('says the same when more hosts came and went than there are', () => {
    const addressed = (number: number) => ({
      file: `host-${number}.yaml`,
      text: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: host-${number} }
spec:
  hosts: [host-${number}.example.com]
  addresses: [10.0.${number >> 8}.${number & 255}]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
`,
    });
    let mesh = createMesh([...files, addressed(0)]);
    const a = clusterOf(mesh, 'a');
    for (let number = 1; number <= 1100; number++) {
      mesh = mesh.apply({ put: [addressed(number)], remove: [`host-${number - 1}.yaml`] });
      mesh.view();
    }
    expect(mesh.view()).toEqual(translate([...files, addressed(1100)]));
    expect(clusterOf(mesh, 'a')).toBe(a);
  });

  it('follows changes of other kinds, too', () => {
    const sidecar = {
      file: 'sidecar.yaml',
      text: 'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: { name: s }\nspec: { egress: [{ hosts: ["*/a.example.com"] }] }',
    };
    const mesh = createMesh(files);
    mesh.view();
    const narrowed = mesh.apply({ put: [sidecar] });
    expect(narrowed.view()).toEqual(translate([...files, sidecar]));
    expect(narrowed.apply({ remove: ['sidecar.yaml'] }).view()).toEqual(translate(files));
  });

  it('gives a service to the wildcard when no other VirtualService is for it any more', () => {
    const routes = (name: string, host: string, timeout: string) => ({
      file: `${name}.yaml`,
      text: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec: { hosts: ['${host}'], http: [{ timeout: ${timeout}, route: [{ destination: { host: b.example.com } }] }] }
`,
    });
    const http = files.map(({ file, text }) => ({
      file,
      text: text.replace('name: tls, protocol: TLS', 'name: http, protocol: HTTP'),
    }));
    const wildcard = routes('wildcard', '*.example.com', '9s');
    const before = [...http, wildcard, routes('own', 'a.example.com', '1s')];
    const after = [...http, wildcard, routes('own', 'c.example.com', '1s')];
    const mesh = createMesh(before);
    expect(mesh.view()).toEqual(translate(before));
    expect(mesh.apply({ put: after.slice(-1) }).view()).toEqual(translate(after));
  });

  it('patches what listeners share in all of them', () => {
    const filter = {
      file: 'filter.yaml',
      text: `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: f }
spec:
  configPatches:
  - applyTo: NETWORK_FILTER
    match: { context: SIDECAR_OUTBOUND, listener: { portNumber: 5432, filterChain: { filter: { name: istio.stats } } } }
    patch: { operation: MERGE, value: { name: counts } }
`,
    };
    const database = (address: string) => ({
      file: 'database.yaml',
      text: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db }
spec:
  hosts: [db.example.com]
  addresses: [192.0.2.9]
  ports: [{ number: 5432, name: tcp, protocol: TCP }]
  resolution: STATIC
  endpoints: [{ address: ${address} }]
`,
    });
    const mesh = createMesh([...files, database('203.0.113.1'), filter]);
    mesh.view();
    const after = [...files, database('203.0.113.2'), filter];
    expect(mesh.apply({ put: [database('203.0.113.2')] }).view()).toEqual(translate(after));
  });

  it('reads again only the documents of a file that changed', () => {
    const stream = (middle: string) => ({
      file: 'all.yaml',
      text: [files[0]?.text, middle, files[2]?.text].join('---\n'),
    });
    const mesh = createMesh([stream(entry('b').text)]);
    const c = clusterOf(mesh, 'c');
    const changed = mesh.apply({ put: [stream(entry('b', 8443).text)] });
    expect(clusterOf(changed, 'c')).toBe(c);
    expect(changed.view()).toEqual(translate([stream(entry('b', 8443).text)]));
  });

  it('places diagnostics where the text is now', () => {
    const broken = { file: 'a.yaml', text: entry('a').text.replace('resolution: DNS', 'resolution: NOWHERE') };
    const lower = { ...broken, text: `# a comment\n${broken.text}` };
    const mesh = createMesh([broken]);
    const [before, after] = [mesh.view(), mesh.apply({ put: [lower] }).view()].map(({ diagnostics }) => diagnostics);
    expect(before).toEqual(translate([broken]).diagnostics);
    expect(after).toEqual(translate([lower]).diagnostics);
    expect(before?.length).toBeGreaterThan(0);
  });

  it('shares what replicas are sent', () => {
    const mesh = createMesh(files);
    const [one, other] = ['10.0.0.1', '10.0.0.2'].map((ip) => mesh.view({ proxy: { name: ip, ip } }));
    expect(other?.clusters).toBe(one?.clusters);
    expect(other?.routes).toBe(one?.routes);
  });
});
