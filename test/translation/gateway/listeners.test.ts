import { describe, expect, it } from 'vitest';
import { server } from '../../registry/gateways/gateways-of.ts';
import { askGateway, type Parts, to } from './ask-gateway.ts';

/** `listener | server names | last filter` of every chain. */
function chains(parts: Parts): readonly string[] {
  return askGateway(parts).listeners.flatMap(({ name, filterChains = [] }) =>
    filterChains.map(({ filterChainMatch, filters = [] }) =>
      [name, filterChainMatch?.serverNames?.join() ?? '', filters.at(-1)?.name?.split('.').at(-1)].join(' | '),
    ),
  );
}
const tls = (sniHosts: readonly string[], host: string, more = {}) => ({
  match: [{ sniHosts, ...more }],
  route: [to(host, 443)],
});

describe('listeners of a gateway', () => {
  it('have one chain for plain HTTP, whatever servers share it', () => {
    const servers = [server('80/HTTP', ['a.com']), server('80/HTTP2/more', ['b.com'])];
    expect(chains({ servers })).toEqual(['0.0.0.0_80 |  | http_connection_manager']);
  });

  it('tell servers that end TLS apart by name', () => {
    const secured = { tls: { mode: 'SIMPLE', credentialName: 'c' } } as const;
    const servers = [server('443/HTTPS', ['b.com', 'ns/a.com'], secured), server('443/HTTPS/c', ['c.com'], secured)];
    expect(chains({ servers })).toEqual([
      '0.0.0.0_443 | a.com,b.com | http_connection_manager',
      '0.0.0.0_443 | c.com | http_connection_manager',
    ]);
  });

  it('match every name for the host that stands for all', () => {
    const servers = [server('443/HTTPS', ['*'], { tls: { mode: 'SIMPLE', credentialName: 'c' } })];
    expect(chains({ servers })).toEqual(['0.0.0.0_443 |  | http_connection_manager']);
  });

  it('pass TLS on by the matches of tls routes that are for the server', () => {
    const servers = [server('443/TLS', ['*.com', 'a.com'], { tls: { mode: 'PASSTHROUGH' } })];
    const virtualServices = [
      {
        hosts: ['*.com'],
        tls: [tls(['a.com'], 'a.com', { port: 443 }), tls(['x.a.com'], 'b.com', { port: 444 })],
      },
      { hosts: ['*.com'], tls: [tls(['b.com'], 'b.com', { gateways: ['mesh'] }), tls(['a.com'], 'b.com')] },
    ];
    expect(chains({ servers, virtualServices })).toEqual(['0.0.0.0_443 | a.com | tcp_proxy']);
  });

  it('end TLS without HTTP for tcp routes', () => {
    const servers = [server('443/TLS', ['a.com'], { tls: { mode: 'ISTIO_MUTUAL' } })];
    const virtualServices = [{ hosts: ['a.com'], tcp: [{ match: [{ port: 443 }], route: [to('a.com')] }] }];
    expect(chains({ servers, virtualServices })).toEqual(['0.0.0.0_443 | a.com | tcp_proxy']);
  });

  it('are absent for a port of which no server leads anywhere', () => {
    const servers = [server('5432/TCP', ['a.com']), server('443/TLS', ['a.com'], { tls: { mode: 'PASSTHROUGH' } })];
    expect(chains({ servers })).toEqual([]);
  });

  it('take the first tcp route that matches, whatever comes after', () => {
    const servers = [server('5432/TCP', ['*'])];
    const tcp = [{ match: [{ port: 1 }], route: [to('b.com')] }, { route: [to('a.com')] }, { route: [to('b.com')] }];
    const [listener] = askGateway({ servers, virtualServices: [{ hosts: ['a.com'], tcp }] }).listeners;
    expect(JSON.stringify(listener)).toContain('"cluster":"outbound|80||a.com"');
  });
});
