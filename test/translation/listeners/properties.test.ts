import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildListeners } from '../../../src/translation/listeners/build-listeners.ts';
import type { FilterChain, Listener } from '../../../src/xds/types.ts';
import { serviceOf, viewOf } from './view-of.ts';

const protocols = ['', 'HTTP', 'HTTP2', 'GRPC', 'HTTPS', 'TLS', 'TCP', 'MONGO', 'REDIS', 'MYSQL', 'UDP'];
const ports = fc.uniqueArray(fc.tuple(fc.constantFrom(80, 443, 3306, 9000), fc.constantFrom(...protocols)), {
  minLength: 1,
  maxLength: 3,
  selector: ([number]) => number,
});
const services = fc.array(
  fc.record({
    hostname: fc.constantFrom('a.example.com', 'b.example.com', '*.example.com', 'c.test'),
    ports,
    defaultAddress: fc.constantFrom(
      '0.0.0.0',
      '192.0.2.1',
      '192.0.2.2',
      '198.51.100.0/24',
      '198.51.100.7/24',
      '2001:db8::1',
    ),
    resolution: fc.constantFrom('dns', 'client-side', 'passthrough', 'dynamic-dns'),
  }),
  { maxLength: 8 },
);
const proxies = fc.record({
  ipMode: fc.constantFrom('IPv4', 'IPv6', 'Dual'),
  interceptionMode: fc.constantFrom('REDIRECT', 'TPROXY', 'NONE'),
});

type Given = ReturnType<typeof listenersOf>;

function listenersOf(given: { readonly services: readonly object[]; readonly proxy: object }) {
  const { view, diagnostics } = viewOf({
    services: (given.services as { hostname: string; ports: [number, string][] }[]).map(
      ({ hostname, ports: all, ...more }) =>
        serviceOf(
          hostname,
          all.map(([number, protocol]) => `${number}/${protocol}`),
          more,
        ),
    ),
    proxy: given.proxy,
  });
  return { listeners: buildListeners(view), diagnostics };
}

const inputs = fc.record({ services, proxy: proxies });
const chainsOf = ({ filterChains = [] }: Listener): readonly FilterChain[] => filterChains;
const forAll = (check: (given: Given) => void): void => {
  fc.assert(fc.property(inputs, (input) => check(listenersOf(input))));
};

describe('listeners of any services', () => {
  it('have names and addresses of their own', () => {
    forAll(({ listeners }) => {
      expect(new Set(listeners.map(({ name }) => name)).size).toBe(listeners.length);
      expect(new Set(listeners.map(({ address }) => JSON.stringify(address))).size).toBe(listeners.length);
    });
  });

  it('never hold two chains that match the same, which Envoy refuses', () => {
    forAll(({ listeners }) => {
      for (const listener of listeners) {
        const matches = chainsOf(listener).map(({ filterChainMatch = {} }) => JSON.stringify(filterChainMatch));
        expect(new Set(matches).size).toBe(matches.length);
      }
    });
  });

  it('inspect what their chains ask for', () => {
    forAll(({ listeners }) => {
      for (const listener of listeners) {
        const filters = (listener.listenerFilters ?? []).map(({ name }) => name);
        const asks = chainsOf(listener).map(({ filterChainMatch = {} }) => filterChainMatch);
        if (asks.some(({ serverNames }) => serverNames))
          expect(filters).toContain('envoy.filters.listener.tls_inspector');
        if (asks.some(({ applicationProtocols }) => applicationProtocols?.includes('h2c'))) {
          expect(filters).toContain('envoy.filters.listener.http_inspector');
        }
      }
    });
  });

  it('are the same for the same input, and report the same conflicts', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(JSON.stringify(listenersOf(input))).toBe(JSON.stringify(listenersOf(input)));
      }),
    );
  });

  it('hold no undefined value', () => {
    forAll(({ listeners }) => {
      expect(hasUndefined(listeners)).toBe(false);
    });
  });
});

function hasUndefined(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUndefined);
}
