import { expect, it } from 'vitest';
import { translate } from '../../src/index.ts';

function entries(count: number): string {
  return Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name: `entry-${i}`, namespace: `team-${i % 20}` },
      spec: {
        hosts: [`api-${i}.example.com`],
        ports: [
          { number: 443, name: 'tls', protocol: 'TLS' },
          { number: 80, name: 'http', protocol: 'HTTP' },
        ],
        resolution: 'DNS',
      },
    }),
  ).join('\n---\n');
}

it('translates a thousand entries, each with its clusters, chain and virtual host', () => {
  const { clusters, listeners, routes, allocatedAddresses, diagnostics } = translate(entries(1000));
  expect(diagnostics).toEqual([]);
  expect(clusters.filter((cluster) => cluster.type === 'STRICT_DNS')).toHaveLength(2000);
  expect(listeners.find((listener) => listener.name === '0.0.0.0_443')?.filterChains).toHaveLength(1000);
  expect(routes.find((route) => route.name === '80')?.virtualHosts).toHaveLength(1001);
  expect(Object.keys(allocatedAddresses)).toHaveLength(1000);
});
