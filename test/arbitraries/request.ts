import fc from 'fast-check';
import type { Request } from '../../src/model/scenario.ts';

const host = fc.oneof(
  fc.constantFrom(
    'a.example.com',
    'A.example.com',
    'b.example.com:80',
    'x.default.svc.cluster.local',
    'x',
    'db.internal',
  ),
  fc.domain(),
  fc.string(),
);
const path = fc.oneof(
  fc.constantFrom('/', '/api', '/api/x?ver=2', '/a/../b', '//', '/%2e%2E/%', '/?', '*', '/x#y'),
  fc.webPath(),
  fc.string(),
);
const headers = fc.dictionary(fc.constantFrom('end-user', 'Cookie', 'origin', 'host', ':authority', 'x'), fc.string(), {
  maxKeys: 3,
});

/** Any request: plausible ones, and such as nobody would send. */
export const request: fc.Arbitrary<Request> = fc
  .record({
    address: fc.option(fc.oneof(fc.constantFrom('192.0.2.10', '240.240.0.1', '::1', '::ffff:192.0.2.10'), fc.ipV4()), {
      nil: undefined,
    }),
    port: fc.constantFrom(80, 443, 5432, 7000, 8080, 9000, 15_001, 1),
    protocol: fc.constantFrom('http', 'http2', 'tcp'),
    tls: fc.constantFrom(undefined, 'tls'),
    sni: fc.option(host, { nil: undefined }),
    alpn: fc.constantFrom(undefined, 'h2,http/1.1', 'istio'),
    host: fc.option(host, { nil: undefined }),
    path: fc.option(path, { nil: undefined }),
    method: fc.constantFrom(undefined, 'GET', 'POST', 'CONNECT', 'OPTIONS'),
    headers: fc.option(headers, { nil: undefined }),
  })
  .map(
    (fields) =>
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as Request,
  );
