import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Figures } from './figures.ts';
import { addressOfName } from './lab/dns-server.ts';
import { LabPool } from './lab/lab-pool.ts';
import { MeshInLab } from './mesh-in-lab.ts';

const { impossible } = inject('lab');

describe.skipIf(impossible !== undefined)('traffic through a real Envoy', () => {
  let pool: LabPool;
  const figures = new Figures('traffic');

  beforeAll(async () => {
    pool = await LabPool.start();
  });

  afterAll(async () => {
    await pool.stop();
    figures.write();
  });

  const shows = (what: string, run: (start: StartMesh) => Promise<void>): void => {
    it.concurrent(what, () =>
      pool.use(async (lab) => {
        await run((setting) => MeshInLab.start(lab, setting));
        figures.count('shown', what);
      }),
    );
  };

  shows('a wildcard with DYNAMIC_DNS connects to whatever the client names', async (start) => {
    const mesh = await start({
      manifests: serviceEntry('wildcard', {
        hosts: '["*.example.org"]',
        resolution: 'DYNAMIC_DNS',
        ports: ['{ number: 443, name: tls, protocol: TLS }', '{ number: 80, name: http, protocol: HTTP }'],
      }),
    });
    const { exchanges, sights } = await mesh.send([
      { port: 443, protocol: 'tcp', tls: 'tls', sni: 'en.example.org' },
      { port: 80, protocol: 'http', host: 'de.example.org' },
      { port: 443, protocol: 'tcp', tls: 'tls', sni: 'example.com' },
    ]);
    expect(sights).toMatchObject([
      { address: addressOfName('en.example.org'), port: 443, tls: { sni: 'en.example.org' } },
      { address: addressOfName('de.example.org'), port: 80, http: { headers: { host: 'de.example.org' } } },
      // Nobody claims this one: it goes where it was meant to.
      { address: '1.3.3.7', port: 443, tls: { sni: 'example.com' } },
    ]);
    expect(exchanges[1]?.status).toBe(200);
  });

  shows('virtual IPs tell TCP services on the same port apart', async (start) => {
    const database = (name: string, endpoint: string): string =>
      serviceEntry(name, {
        hosts: `[${name}.example.com]`,
        resolution: 'STATIC',
        ports: ['{ number: 5432, name: tcp, protocol: TCP }'],
        endpoints: [endpoint],
      });
    const mesh = await start({
      manifests: [database('orders', '192.0.2.1'), database('users', '192.0.2.2')].join('---\n'),
      scenario: { proxy: { metadata: { DNS_CAPTURE: 'true' } } },
    });
    const [orders, users] = ['orders.example.com', 'users.example.com'].map((host) => mesh.addressOf(host));
    expect(orders).not.toBe(users);
    const { sights } = await mesh.send([
      { address: orders ?? '', port: 5432, protocol: 'tcp' },
      { address: users ?? '', port: 5432, protocol: 'tcp' },
    ]);
    expect(sights).toMatchObject([{ address: '192.0.2.1' }, { address: '192.0.2.2' }]);
  });

  shows('TLS passes through by its server name, unopened', async (start) => {
    const mesh = await start({
      manifests: serviceEntry('passthrough', {
        hosts: '[a.example.com, b.example.com]',
        resolution: 'DNS',
        ports: ['{ number: 443, name: tls, protocol: TLS }'],
      }),
    });
    const hello = (sni: string) => ({ port: 443, protocol: 'tcp', tls: 'tls', sni }) as const;
    const { exchanges, sights } = await mesh.send([hello('a.example.com'), hello('b.example.com')]);
    expect(exchanges.map(({ cluster }) => cluster)).toEqual([
      'outbound|443||a.example.com',
      'outbound|443||b.example.com',
    ]);
    // The handshake was between client and upstream: the proxy's own certificate plays no part.
    expect(sights.map(({ tls }) => tls)).toEqual([{ sni: 'a.example.com' }, { sni: 'b.example.com' }]);
  });

  shows('REGISTRY_ONLY lets nothing out that is not registered', async (start) => {
    const mesh = await start({
      manifests: serviceEntry('known', {
        hosts: '[known.example.com]',
        resolution: 'DNS',
        ports: ['{ number: 80, name: http, protocol: HTTP }', '{ number: 443, name: tls, protocol: TLS }'],
      }),
      scenario: { meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } },
    });
    const blocked = await mesh.send([
      { port: 80, protocol: 'http', host: 'other.example.com' },
      { port: 443, protocol: 'tcp', tls: 'tls', sni: 'other.example.com' },
      { port: 5432, protocol: 'tcp', address: '192.0.2.9' },
    ]);
    expect(blocked.exchanges[0]?.status).toBe(502);
    expect(blocked.sights).toEqual([]);
    const allowed = await mesh.send([
      { port: 80, protocol: 'http', host: 'known.example.com' },
      { port: 443, protocol: 'tcp', tls: 'tls', sni: 'known.example.com' },
    ]);
    expect(allowed.exchanges[0]?.status).toBe(200);
    expect(allowed.sights).toHaveLength(2);
  });

  shows('TLS origination: the upstream sees TLS with the right server name, and is verified', async (start) => {
    const mesh = await start({
      manifests: [
        serviceEntry('api', {
          hosts: '[api.example.com, strict.example.com]',
          resolution: 'DNS',
          ports: ['{ number: 80, name: http, protocol: HTTP, targetPort: 443 }'],
        }),
        destinationRule('api', 'api.example.com', 'trafficPolicy: { tls: { mode: SIMPLE } }'),
        destinationRule(
          'strict',
          'strict.example.com',
          'trafficPolicy: { tls: { mode: SIMPLE, sni: other.example.com, subjectAltNames: [strict.example.com] } }',
        ),
      ].join('---\n'),
    });
    const { exchanges, sights } = await mesh.send([
      { port: 80, protocol: 'http', host: 'api.example.com', path: '/v1' },
      { port: 80, protocol: 'http', host: 'strict.example.com' },
    ]);
    expect(exchanges.map(({ status }) => status)).toEqual([200, 503]);
    expect(exchanges[1]?.responseFlags).toContain('UF');
    expect(sights.filter(({ http }) => http)).toMatchObject([
      {
        address: addressOfName('api.example.com'),
        port: 443,
        tls: { sni: 'api.example.com' },
        http: { path: '/v1', headers: { host: 'api.example.com' } },
      },
    ]);
  });

  shows('retries: the upstream sees every attempt', async (start) => {
    const mesh = await start({
      manifests: [
        httpEntry(['192.0.2.1', '192.0.2.2']),
        virtualService(`
  - match: [{ uri: { prefix: /never } }]
    route: [{ destination: { host: svc.example.com } }]
    retries: { attempts: 0 }
  - route: [{ destination: { host: svc.example.com } }]
    retries: { attempts: 3, retryOn: 5xx, backoff: 5ms }`),
      ].join('---\n'),
    });
    const request = (path: string) => ({ port: 80, protocol: 'http', host: 'svc.example.com', path }) as const;
    const retried = await mesh.send([request('/flaky')], { '/flaky': [503, 503, 200] });
    expect(retried.exchanges[0]).toMatchObject({ status: 200, attempts: 3 });
    expect(retried.sights.map(({ http }) => http?.headers['x-envoy-attempt-count'])).toEqual(['1', '2', '3']);
    const exhausted = await mesh.send([request('/down')], { '/down': [503, 503, 503, 503, 200] });
    expect(exhausted.exchanges[0]).toMatchObject({ status: 503, attempts: 4, responseFlags: 'URX' });
    const single = await mesh.send([request('/never')], { '/never': [503, 200] });
    expect(single.exchanges[0]).toMatchObject({ status: 503, attempts: 1 });
  });

  shows('weights: 1,000 requests split as they say', async (start) => {
    const mesh = await start({
      manifests: [
        httpEntry(['192.0.2.1', '192.0.2.2'], ['v1', 'v2']),
        destinationRule(
          'svc',
          'svc.example.com',
          'subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }]',
        ),
        virtualService(`
  - route:
    - { destination: { host: svc.example.com, subset: v1 }, weight: 80 }
    - { destination: { host: svc.example.com, subset: v2 }, weight: 20 }`),
      ].join('---\n'),
    });
    const observed = await mesh.repeat({ port: 80, protocol: 'http', host: 'svc.example.com' }, 1_000);
    const second = observed.filter(({ cluster }) => cluster === 'outbound|80|v2|svc.example.com').length;
    // Five standard deviations of a binomial distribution: sqrt(1000 × 0.2 × 0.8) is 12.6.
    expect(Math.abs(second - 200)).toBeLessThanOrEqual(63);
    expect(new Set(observed.map(({ upstream }) => upstream))).toEqual(new Set(['192.0.2.1:80', '192.0.2.2:80']));
  });

  shows('faults: aborted and delayed', async (start) => {
    const mesh = await start({
      delays: true,
      manifests: [
        httpEntry(['192.0.2.1']),
        virtualService(`
  - match: [{ uri: { prefix: /abort } }]
    route: [{ destination: { host: svc.example.com } }]
    fault: { abort: { percentage: { value: 100 }, httpStatus: 418 } }
  - match: [{ uri: { prefix: /half } }]
    route: [{ destination: { host: svc.example.com } }]
    fault: { abort: { percentage: { value: 50 }, httpStatus: 418 } }
  - route: [{ destination: { host: svc.example.com } }]
    fault: { delay: { percentage: { value: 100 }, fixedDelay: 300ms } }`),
      ].join('---\n'),
    });
    const request = (path: string) => ({ port: 80, protocol: 'http', host: 'svc.example.com', path }) as const;
    const aborted = await mesh.send([request('/abort')]);
    expect(aborted).toMatchObject({ exchanges: [{ status: 418, responseFlags: 'FI' }], sights: [] });
    const delayed = await mesh.send([request('/')]);
    expect(delayed.exchanges[0]).toMatchObject({ status: 200, responseFlags: 'DI' });
    expect(delayed.exchanges[0]?.durationMs).toBeGreaterThanOrEqual(290);
    const half = await mesh.repeat(request('/half'), 400);
    // Five standard deviations: sqrt(400 × 0.5 × 0.5) is 10.
    expect(Math.abs(half.filter(({ responseCode }) => responseCode === 418).length - 200)).toBeLessThanOrEqual(50);
  });

  shows('headers, paths and authorities are rewritten on the way', async (start) => {
    const mesh = await start({
      manifests: [
        httpEntry(['192.0.2.1']),
        virtualService(`
  - match: [{ uri: { prefix: /old } }]
    rewrite: { uri: /new, authority: inner.example.com }
    headers:
      request: { set: { x-set: one }, add: { x-added: two }, remove: [x-secret] }
      response: { set: { x-served-by: mesh }, remove: [x-upstream] }
    route: [{ destination: { host: svc.example.com } }]
  - route: [{ destination: { host: svc.example.com } }]`),
      ].join('---\n'),
    });
    const headers = { 'x-secret': 'hidden', 'x-set': 'zero', 'x-kept': 'yes' };
    const { exchanges, sights } = await mesh.send([
      { port: 80, protocol: 'http', host: 'svc.example.com', path: '/old/a?b=c', headers },
    ]);
    expect(sights[0]?.http).toMatchObject({
      path: '/new/a?b=c',
      headers: { host: 'inner.example.com', 'x-set': 'one', 'x-added': 'two', 'x-kept': 'yes' },
    });
    expect(sights[0]?.http?.headers).not.toHaveProperty('x-secret');
    expect(exchanges[0]?.headers).toMatchObject({ 'x-served-by': 'mesh' });
    expect(exchanges[0]?.headers).not.toHaveProperty('x-upstream');
  });

  shows('sticky sessions: one cookie, one endpoint', async (start) => {
    const endpoints = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'];
    const mesh = await start({
      manifests: [
        httpEntry(endpoints),
        destinationRule(
          'svc',
          'svc.example.com',
          'trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: session, ttl: 60s } } } }',
        ),
      ].join('---\n'),
    });
    const request = { port: 80, protocol: 'http', host: 'svc.example.com' } as const;
    const strangers = await mesh.send(Array.from({ length: 40 }, () => request));
    const cookies = strangers.exchanges.map(({ headers }) => String(headers['set-cookie']).split(';')[0] ?? '');
    expect(cookies.every((cookie) => cookie.startsWith('session='))).toBe(true);
    expect(new Set(strangers.exchanges.map(({ upstream }) => upstream)).size).toBeGreaterThan(1);
    for (const index of [0, 1, 2]) {
      const cookie = cookies[index] ?? '';
      const again = await mesh.send(Array.from({ length: 10 }, () => ({ ...request, headers: { cookie } })));
      expect(new Set(again.exchanges.map(({ upstream }) => upstream))).toEqual(
        new Set([strangers.exchanges[index]?.upstream]),
      );
      expect(again.exchanges.some(({ headers }) => 'set-cookie' in headers)).toBe(false);
    }
  });
});

type StartMesh = (setting: Parameters<typeof MeshInLab.start>[1]) => Promise<MeshInLab>;

interface EntrySettings {
  readonly hosts: string;
  readonly resolution: string;
  readonly ports: readonly string[];
  readonly endpoints?: readonly string[];
}

function serviceEntry(name: string, { hosts, resolution, ports, endpoints = [] }: EntrySettings): string {
  return `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name} }
spec:
  hosts: ${hosts}
  location: MESH_EXTERNAL
  resolution: ${resolution}
  ports:
${ports.map((port) => `  - ${port}\n`).join('')}${endpoints.length > 0 ? '  endpoints:\n' : ''}${endpoints
  .map((address) => `  - ${address.startsWith('{') ? address : `{ address: ${address} }`}\n`)
  .join('')}`;
}

/** svc.example.com on port 80, with endpoints of its own. */
function httpEntry(addresses: readonly string[], versions: readonly string[] = []): string {
  return serviceEntry('svc', {
    hosts: '[svc.example.com]',
    resolution: 'STATIC',
    ports: ['{ number: 80, name: http, protocol: HTTP }'],
    endpoints: addresses.map((address, index) =>
      versions[index] === undefined ? address : `{ address: ${address}, labels: { version: ${versions[index]} } }`,
    ),
  });
}

function destinationRule(name: string, host: string, settings: string): string {
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name} }
spec:
  host: ${host}
  ${settings}
`;
}

function virtualService(http: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: svc }
spec:
  hosts: [svc.example.com]
  http:${http}
`;
}
