import { parseProtocol } from '../../model/protocol.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Port, Service } from '../../model/service.ts';
import { addressForProxy } from '../../registry/service-address.ts';
import type { Listener } from '../../xds/types.ts';
import type { Look } from '../look.ts';
import type { Finding, Rule } from '../rule.ts';

/** https://istio.io/latest/docs/reference/config/analysis/ist0134/ */
export const tcpWithoutAddress: Rule = {
  code: 'tcp-without-address',
  severity: 'warning',
  seeAlso: ['IST0134'],
  documentation:
    'Nothing in plain TCP names the host that is meant: Envoy has the address and the port. An entry without an address gets the listener 0.0.0.0:port, which takes every connection to that port that no other listener takes, wherever it was meant to go, and sends it to this entry; a second such entry on the port gets nothing. Give the entry an address that clients use, or turn on DNS capture, so that istiod’s allocated address tells its connections apart.',
  fromProxy: (look) =>
    look.isSidecar
      ? look.view.services.flatMap((service) =>
          service.origin.kind === 'ServiceEntry' ? findPorts(look, service, service.origin) : [],
        )
      : [],
  inMesh: ({ mesh, looks, written }) => {
    if (mesh.defaultProxyConfig.proxyMetadata?.['ISTIO_META_DNS_CAPTURE'] === 'true') return [];
    const sidecars = looks.filter(({ view }) => view.proxy.type === 'sidecar');
    const seen = new Set(sidecars.flatMap(({ view }) => view.services.map(({ origin }) => origin)));
    return written('ServiceEntry')
      .filter((entry) => !seen.has(entry))
      .flatMap(findUnseen);
  },
};

/** No sidecar that was looked from sees the entry: what is said holds for those that do. */
function findUnseen(entry: ResourceOf<'ServiceEntry'>): readonly Finding[] {
  const { addresses, ports = [], hosts = [] } = entry.spec;
  if (addresses?.length || entry.status.addresses?.length) return [];
  return ports.flatMap((port, index): readonly Finding[] => {
    const protocol = parseProtocol(port.protocol ?? '');
    if (!port.number || (protocol !== 'TCP' && protocol !== 'Unsupported')) return [];
    return [
      {
        resource: entry,
        path: `spec.ports[${index}]`,
        severity: 'info',
        message: `Sidecars without DNS capture that see ${hosts.join(', ')} get the listener 0.0.0.0_${port.number}, which takes every TCP connection to port ${port.number} that no other listener takes. Turn on DNS capture, or set spec.addresses.`,
      },
    ];
  });
}

function findPorts(look: Look, service: Service, entry: ResourceOf<'ServiceEntry'>): readonly Finding[] {
  const address = addressForProxy(look.view, service);
  if (address !== '0.0.0.0' && address !== '::') return [];
  return service.ports.flatMap((port): readonly Finding[] => {
    const listener = ['0.0.0.0', '::'].flatMap((any) => look.listener(`${any}_${port.number}`) ?? [])[0];
    if (!carriesNoName(port) || !listener) return [];
    const index = entry.spec.ports?.findIndex(({ number }) => number === port.number) ?? 0;
    return [{ resource: entry, path: `spec.ports[${index}]`, message: describe(look, service, port, listener) }];
  });
}

/** `Unsupported` is sniffed: what is neither TLS nor HTTP is taken, too. */
const carriesNoName = ({ protocol }: Port): boolean =>
  ['TCP', 'Unsupported', 'Mongo', 'MySQL', 'Redis'].includes(protocol);

/** Another service may have come first; a VirtualService may lead elsewhere on purpose. */
function leadsTo(listener: Listener, { hostname }: Service): boolean {
  const text = JSON.stringify(listener);
  return text.includes(`|${hostname}"`) || text.includes('/virtual-service/');
}

function describe({ view }: Look, service: Service, port: Port, listener: Listener): string {
  const host = service.hostname;
  const remedy =
    service.allocatedAddresses.length === 0
      ? 'Set spec.addresses to the address that clients use.'
      : `Turn on DNS capture (clients then get ${service.allocatedAddresses[0]} for ${host}), or set spec.addresses.`;
  const mode = view.proxy.dnsCapture ? ', although DNS capture is on' : '';
  if (!leadsTo(listener, service))
    return `${host} has no address${mode}, and the listener ${listener.name}, which takes every TCP connection to port ${port.number} that no other listener takes, leads to another service: no connection ever reaches this one. ${remedy}`;
  return `${host} has no address${mode}, so the listener ${listener.name} takes every TCP connection to port ${port.number} that no other listener takes, wherever it was meant to go. ${remedy}`;
}
