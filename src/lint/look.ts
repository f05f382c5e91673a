import { findByName } from '../explain/find-resource.ts';
import { groupBy } from '../model/group-by.ts';
import { completeHostname } from '../model/hostname.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Request, Scenario } from '../model/scenario.ts';
import type { Mesh } from '../registry/mesh.ts';
import type { ProxyView, SelectedDestinationRule } from '../registry/proxy-view.ts';
import { parseResourceName } from '../xds/resource-name.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import type { Cluster, Listener } from '../xds/types.ts';
import type { AppliedPolicies, AppliedPolicy } from './applied-policy.ts';
import type { Audience } from './audience.ts';
import { listRoutedDestinations } from './destinations.ts';
import { listUsedConfigurations } from './used-configurations.ts';

export interface LookInput extends Pick<Look, 'view' | 'snapshot' | 'requests' | 'scenario'> {
  readonly applied: AppliedPolicies;
}

/** The mesh as one proxy sees it, and what that proxy is sent. */
export class Look {
  readonly audience: Audience;
  readonly view: ProxyView;
  readonly snapshot: Snapshot;
  /** What the scenario asks of its own proxy; of others, nothing is known. */
  readonly requests: readonly Request[];
  /** The scenario that says all of this. */
  readonly scenario: Scenario;
  readonly #applied: AppliedPolicies;
  #clustersByHost: ReadonlyMap<string, readonly Cluster[]> | undefined;
  #configurations: ReadonlySet<string> | undefined;
  #policies: readonly AppliedPolicy[] | undefined;
  #policiesByRule: ReadonlyMap<object, readonly AppliedPolicy[]> | undefined;
  #virtualServices: ReadonlySet<string> | undefined;
  #requestTargets: ReadonlySet<string> | undefined;
  #rulesByHost: ReadonlyMap<string, readonly ResourceOf<'DestinationRule'>[]> | undefined;

  constructor(audience: Audience, { view, snapshot, requests, scenario, applied }: LookInput) {
    this.audience = audience;
    this.view = view;
    this.snapshot = snapshot;
    this.requests = requests;
    this.scenario = scenario;
    this.#applied = applied;
  }

  get isSidecar(): boolean {
    return this.view.proxy.type === 'sidecar';
  }

  get mesh(): Mesh {
    return this.view.mesh;
  }

  /** The policies of DestinationRules, by the services that they reach. */
  get policies(): readonly AppliedPolicy[] {
    this.#policies ??= this.#applied.listFor(this.view);
    return this.#policies;
  }

  /** Those of one DestinationRule. */
  policiesOf({ metadata }: ResourceOf<'DestinationRule'>): readonly AppliedPolicy[] {
    this.#policiesByRule ??= groupBy(this.policies, ({ resource }) => resource.metadata);
    return this.#policiesByRule.get(metadata) ?? [];
  }

  cluster(name: string): Cluster | undefined {
    return findByName(this.snapshot.clusters, name);
  }

  /** The outbound clusters of a host: one for each port, and for each port of each subset. */
  clustersOf(hostname: string): readonly Cluster[] {
    this.#clustersByHost ??= groupByHost(this.snapshot.clusters);
    return this.#clustersByHost.get(hostname) ?? [];
  }

  listener(name: string): Listener | undefined {
    return findByName(this.snapshot.listeners, name);
  }

  /** Whether the VirtualService is exported to the proxy and imported by its Sidecar. */
  sees({ metadata }: ResourceOf<'VirtualService'>): boolean {
    this.#virtualServices ??= new Set(
      this.view.egressListeners.flatMap(({ virtualServices }) =>
        virtualServices.map((one) => `${one.metadata.namespace}/${one.metadata.name}`),
      ),
    );
    return this.#virtualServices.has(`${metadata.namespace}/${metadata.name}`);
  }

  /** Whether a filter chain or route was made from the VirtualService: istiod names it in their metadata. */
  uses({ metadata }: ResourceOf<'VirtualService'>): boolean {
    this.#configurations ??= listUsedConfigurations(this.snapshot);
    const { namespace, name } = metadata;
    return this.#configurations.has(`/apis/networking.istio.io/v1/namespaces/${namespace}/virtual-service/${name}`);
  }

  /** The DestinationRules that the one for a service was merged from. */
  sourcesOf(rule: SelectedDestinationRule): readonly ResourceOf<'DestinationRule'>[] {
    return this.#applied.sourcesOf(rule);
  }

  /** The DestinationRules of every namespace that are for the very host. */
  rulesFor(hostname: string): readonly ResourceOf<'DestinationRule'>[] {
    this.#rulesByHost ??= groupBy(this.mesh.resources.DestinationRule, ({ metadata, spec }) =>
      completeHostname(spec.host ?? '', metadata.namespace),
    );
    return this.#rulesByHost.get(hostname) ?? [];
  }

  /** Whether a VirtualService that the proxy uses sends requests there. */
  receivesRequests(hostname: string, port: number): boolean {
    this.#requestTargets ??= new Set(
      this.mesh.resources.VirtualService.filter((virtualService) => this.uses(virtualService)).flatMap(
        (virtualService) =>
          listRoutedDestinations(virtualService).flatMap(({ section, host, destination }) =>
            section === 'http' ? `${host} ${destination.port?.number ?? ''}` : [],
          ),
      ),
    );
    return this.#requestTargets.has(`${hostname} ${port}`);
  }
}

function groupByHost(clusters: readonly Cluster[]): ReadonlyMap<string, readonly Cluster[]> {
  const groups = new Map<string, Cluster[]>();
  for (const cluster of clusters) {
    const name = parseResourceName(cluster.name ?? '');
    if (name?.direction !== 'outbound') continue;
    const group = groups.get(name.hostname);
    if (group) group.push(cluster);
    else groups.set(name.hostname, [cluster]);
  }
  return groups;
}
