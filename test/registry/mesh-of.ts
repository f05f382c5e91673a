import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { ResourceSpecs } from '../../src/model/istio/kinds.ts';
import type { Metadata, Resource } from '../../src/model/resource.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import type { Service } from '../../src/model/service.ts';
import type { Mesh } from '../../src/registry/mesh.ts';
import type { ProxyView } from '../../src/registry/proxy-view.ts';
import { readScenario } from '../../src/registry/read-scenario.ts';
import { registerMesh } from '../../src/registry/register-mesh.ts';
import { scopeProxy } from '../../src/registry/scope-proxy.ts';

type Given<K extends keyof ResourceSpecs> = Partial<Metadata> & { readonly status?: ResourceSpecs[K]['status'] };

/** A resource in the namespace `default`, named by its kind unless the metadata says more. */
export function resource<K extends keyof ResourceSpecs>(
  kind: K,
  spec: ResourceSpecs[K]['spec'],
  { status = {}, ...metadata }: Given<K> = {},
): Resource {
  const defaults = {
    name: kind.toLowerCase(),
    namespace: 'default',
    labels: {},
    annotations: {},
    creationTime: Date.UTC(2024, 0, 1),
  };
  return {
    kind,
    apiVersion: '',
    metadata: { ...defaults, ...metadata },
    spec,
    status,
    source: { file: '', text: '', firstLine: 1, path: [] },
  } as unknown as Resource;
}

export const http = { number: 80, name: 'http', protocol: 'HTTP' } as const;

export function entry(
  hosts: readonly string[],
  spec: Omit<ResourceSpecs['ServiceEntry']['spec'], 'hosts'> = {},
  given: Given<'ServiceEntry'> = {},
): Resource {
  return resource('ServiceEntry', { hosts, ports: [http], resolution: 'DNS', ...spec }, given);
}

export function meshOf(
  resources: readonly Resource[],
  scenario: Scenario = {},
): { readonly mesh: Mesh; readonly view: ProxyView; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const { proxy, settings } = readScenario(scenario, report);
  const mesh = registerMesh(resources, settings, report);
  return { mesh, view: scopeProxy(mesh, proxy), diagnostics };
}

export function service({ mesh }: { readonly mesh: Mesh }, hostname: string): Service {
  const [found] = mesh.servicesByHostname.get(hostname) ?? [];
  if (!found) throw new Error(`no service ${hostname}`);
  return found;
}

/** `address:port` of the endpoints of a service's first port. */
export function endpointsOf(registered: { readonly mesh: Mesh }, hostname: string): readonly string[] {
  const found = service(registered, hostname);
  const [port] = found.ports;
  if (!port) throw new Error(`no port of ${hostname}`);
  return registered.mesh
    .endpointsOf(found, port)
    .map((endpoint) => `${endpoint.workload.addresses.join('+')}:${endpoint.port}`);
}
