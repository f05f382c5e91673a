import { addressOf, turn } from './generate-mesh.mjs';

/** A request of each kind to the generated mesh, to entries in the middle of it, and two to nobody. */
export function requestsTo(entries) {
  const first = turn * Math.floor(entries / 2 / turn);
  const withRoutes = `web-${first + 6}.example.org`;
  return {
    'TLS, by its server name': tls(`api-${first}.example.com`),
    'TLS to a wildcard': tls(`en.zone-${first + 4}.example.io`),
    'HTTP, by its host': { port: 80, protocol: 'http', host: `web-${first + 1}.example.org` },
    'HTTP, with routes and subsets': {
      port: 80,
      protocol: 'http',
      host: withRoutes,
      path: '/v2/orders',
      headers: { 'x-version': 'v2' },
    },
    'HTTP to virtual machines': { port: 8080, protocol: 'http', host: `legacy-${first + 2}.internal` },
    'TCP, by its address': { address: addressOf(172, first + 3), port: 5432, protocol: 'tcp' },
    'TLS to nobody': tls('nobody.example.com'),
    'TCP to nobody': { address: '192.0.2.1', port: 9, protocol: 'tcp' },
  };
}

function tls(sni) {
  return { port: 443, protocol: 'tcp', tls: 'tls', sni };
}
