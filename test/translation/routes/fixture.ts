import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { DestinationRule } from '../../../src/model/istio/destination-rule.ts';
import type { VirtualService } from '../../../src/model/istio/virtual-service.ts';
import { forgetful } from '../../../src/model/memory.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
import type { Port, Service } from '../../../src/model/service.ts';
import type { EgressListener, KnownHost, ProxyView, SelectedVirtualService } from '../../../src/registry/proxy-view.ts';
import { readScenario } from '../../../src/registry/read-scenario.ts';
import { buildRouteConfigurations } from '../../../src/translation/routes/build-route-configurations.ts';
import type { RouteConfiguration } from '../../../src/xds/types.ts';

export const http = (number: number): Port => ({ name: `http-${number}`, number, protocol: 'HTTP' });

export function aService(hostname: string, changes: Partial<Service> = {}): Service {
  return {
    hostname,
    namespace: 'default',
    name: hostname,
    registry: 'External',
    origin: { kind: 'ServiceEntry', metadata: metadata(hostname) } as Service['origin'],
    ports: [http(80)],
    resolution: 'dns',
    meshExternal: true,
    defaultAddress: '0.0.0.0',
    addresses: [],
    allocatedAddresses: [],
    visibility: { to: 'all' },
    labels: {},
    selector: {},
    subjectAltNames: [],
    creationTime: 0,
    aliases: [],
    ...changes,
  };
}

/** Every service has one; what it is does not matter to routes. */
const anEndpoint = { workload: { labels: { version: 'v1' } } };

export function aVirtualService(
  spec: VirtualService,
  changes: Partial<SelectedVirtualService['metadata']> = {},
): SelectedVirtualService {
  return { metadata: { ...metadata('v'), ...changes }, spec };
}

function metadata(name: string): SelectedVirtualService['metadata'] {
  return { name, namespace: 'default', labels: {}, annotations: {}, creationTime: 0 };
}

export interface Mesh {
  readonly services?: readonly Service[];
  readonly virtualServices?: readonly SelectedVirtualService[];
  /** By host. */
  readonly destinationRules?: Readonly<Record<string, DestinationRule>>;
  readonly egressListeners?: readonly EgressListener[];
  readonly scenario?: Scenario;
}

export interface Outcome {
  readonly routes: readonly RouteConfiguration[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The route configurations of one sidecar, and what was reported on the way. */
export function routesFor(mesh: Mesh, ...names: readonly string[]): Outcome {
  const diagnostics: Diagnostic[] = [];
  return { routes: buildRouteConfigurations(viewOf(mesh, diagnostics), names), diagnostics };
}

function viewOf(mesh: Mesh, diagnostics: Diagnostic[]): ProxyView {
  const { services = [], virtualServices = [], destinationRules = {}, scenario = {} } = mesh;
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const knownByName = new Map(services.map((service) => [service.hostname, know(service, destinationRules)]));
  const { proxy, settings } = readScenario(scenario, report);
  const view: Pick<
    ProxyView,
    | 'proxy'
    | 'outboundTrafficPolicy'
    | 'egressListeners'
    | 'knownByName'
    | 'serviceFor'
    | 'destinationRuleFor'
    | 'memory'
  > = {
    proxy,
    outboundTrafficPolicy: (settings.configuration.outboundTrafficPolicy ?? {}) as ProxyView['outboundTrafficPolicy'],
    egressListeners: mesh.egressListeners ?? [{ services, virtualServices }],
    knownByName,
    serviceFor: (hostname) => knownByName.get(hostname)?.service,
    destinationRuleFor: ({ hostname }) => knownByName.get(hostname)?.outboundRule,
    memory: forgetful(report),
  };
  return { ...view, mesh: { ...settings, report, endpointsOf: () => [anEndpoint] } } as unknown as ProxyView;
}

function know(service: Service, destinationRules: NonNullable<Mesh['destinationRules']>): KnownHost {
  const spec = destinationRules[service.hostname];
  const outboundRule = spec && { metadata: metadata('d'), spec, from: [] };
  return { service, outboundRule, inboundRule: outboundRule };
}
