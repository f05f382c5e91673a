import { hostnameIsSubsetOf } from '../model/hostname.ts';
import type { Service } from '../model/service.ts';
import type { ProxyView } from '../registry/proxy-view.ts';
import { isVisible } from '../registry/visibility.ts';

/** Services of the mesh that claim the host and yet do not count for this proxy and port, one sentence each. */
export function findHiddenServices(view: ProxyView, host: string, port: number): readonly string[] {
  const claiming = view.mesh.services.filter(({ hostname }) => hostnameIsSubsetOf(host, hostname));
  return [...new Set(claiming.flatMap((service) => describe(view, service, port)))];
}

function describe(view: ProxyView, service: Service, port: number): readonly string[] {
  const { hostname, namespace, origin, ports, visibility } = service;
  const name = `${origin.kind} ${origin.metadata.namespace}/${origin.metadata.name}`;
  const { proxy, sidecar } = view;
  if (!isVisible(visibility, proxy.namespace))
    return [`${name} registers ${hostname}, but exports it to ${audience(service)}, not to ${proxy.namespace}.`];
  const seen = view.services.some((one) => one.hostname === hostname && one.namespace === namespace);
  if (!seen) {
    const limit = sidecar && `the Sidecar ${sidecar.metadata.namespace}/${sidecar.metadata.name} leaves it out`;
    return [`${name} registers ${hostname}, but ${limit ?? 'another service of the same name comes before it'}.`];
  }
  if (ports.some((one) => one.number === port)) return [];
  return [
    `${name} registers ${hostname} on ${ports.map((one) => `${one.number} (${one.protocol})`).join(', ')}, not on ${port}.`,
  ];
}

function audience({ visibility, namespace }: Service): string {
  if (visibility.to !== 'namespaces') return 'nobody';
  const others = [...visibility.namespaces].filter((one) => one !== namespace);
  return [...(visibility.namespaces.has(namespace) ? [`its own namespace ${namespace}`] : []), ...others].join(', ');
}
