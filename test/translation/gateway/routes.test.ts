import { describe, expect, it } from 'vitest';
import { server } from '../../registry/gateways/gateways-of.ts';
import { askGateway, type Parts, to } from './ask-gateway.ts';

/** `domains → clusters` of every virtual host. */
function hosts(parts: Parts): readonly string[] {
  return askGateway(parts).routes.flatMap(({ name, virtualHosts = [] }) =>
    virtualHosts.map(
      ({ domains, routes = [] }) =>
        `${name} ${domains.join()} → ${routes.map(({ route }) => route?.cluster ?? '-').join(' ')}`,
    ),
  );
}
const plain = [server('80/HTTP', ['*'])];

describe('routes of a gateway', () => {
  it('are for the hosts that server and VirtualService have in common', () => {
    const servers = [server('80/HTTP', ['*.com', 'x.org'])];
    const virtualServices = [{ hosts: ['a.com', 'x.org', 'b.org'], http: [{ route: [to('a.com')] }] }];
    expect(hosts({ servers, virtualServices })).toEqual(['http.80 a.com,x.org → outbound|80||a.com']);
  });

  it('answer 404 where there are none', () => {
    expect(hosts({ servers: plain })).toEqual(['http.80 * → ']);
  });

  it('follow one another for a host of several VirtualServices, catch-all routes last', () => {
    const virtualServices = [
      { hosts: ['a.com'], http: [{ route: [to('a.com')] }] },
      { hosts: ['a.com'], http: [{ match: [{ uri: { prefix: '/b' } }], route: [to('b.com')] }] },
    ];
    expect(hosts({ servers: plain, virtualServices })).toEqual([
      'http.80 a.com → outbound|80||b.com outbound|80||a.com',
    ]);
  });

  it('leave out what is for the mesh or another port', () => {
    const http = [
      { match: [{ gateways: ['mesh'] }], route: [to('b.com')] },
      { match: [{ port: 81 }], route: [to('b.com')] },
      { match: [{ gateways: ['istio-system/egress'], port: 80 }], route: [to('a.com')] },
    ];
    const virtualServices = [{ hosts: ['a.com'], gateways: ['istio-system/egress', 'mesh'], http }];
    expect(hosts({ servers: plain, virtualServices })).toEqual(['http.80 a.com → outbound|80||a.com']);
  });

  it('redirect hosts that have no others', () => {
    const servers = [server('80/HTTP', ['a.com', 'b.com'], { tls: { httpsRedirect: true } })];
    const { routes } = askGateway({
      servers,
      virtualServices: [{ hosts: ['a.com'], http: [{ route: [to('a.com')] }] }],
    });
    expect(routes[0]?.virtualHosts?.map(({ name, requireTls }) => `${name} ${requireTls}`)).toEqual([
      'a.com:80 ALL',
      'b.com:80 ALL',
    ]);
  });

  it('have the port of the server where a destination has none', () => {
    const virtualServices = [{ hosts: ['a.com'], http: [{ route: [{ destination: { host: 'a.com' } }] }] }];
    expect(hosts({ servers: [server('443/HTTP', ['*'])], virtualServices })).toEqual([
      'http.443 a.com → outbound|443||a.com',
    ]);
  });
});
