import type { Subset } from '../model/istio/destination-rule.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Port, Service } from '../model/service.ts';
import type { Mesh } from '../registry/mesh.ts';
import type { KnownHost, ProxyView, SelectedDestinationRule } from '../registry/proxy-view.ts';
import { mergeSubsetPolicy, type PortPolicy, selectPortPolicy } from '../registry/traffic-policy.ts';
import { outboundName } from '../xds/resource-name.ts';

type DestinationRule = ResourceOf<'DestinationRule'>;

/** Settings of a DestinationRule that reach ports of a service that the proxy sees. */
export interface AppliedPolicy {
  readonly service: Service;
  /** The ports that get just these settings: all that have none of their own, or the one that they are for. */
  readonly ports: readonly Port[];
  readonly resource: DestinationRule;
  /** Where they stand: `spec.trafficPolicy`, `spec.subsets[0].trafficPolicy.portLevelSettings[1]`. */
  readonly path: string;
  /** What stands there. */
  readonly settings: PortPolicy;
  /** What counts: for a subset, with what it takes from the whole rule. */
  readonly effective: PortPolicy;
  readonly subset?: Subset;
  /** The names of the clusters that get them. */
  readonly clusters: readonly string[];
}

/** The policies of DestinationRules, found once for all proxies that know a host in the same way. */
export class AppliedPolicies {
  readonly #rules: ReadonlyMap<object, DestinationRule>;
  readonly #ofHosts = new Map<KnownHost, readonly AppliedPolicy[]>();

  constructor({ resources }: Mesh) {
    this.#rules = new Map(resources.DestinationRule.map((rule) => [rule.metadata, rule]));
  }

  /** The resources that a rule was merged from. */
  sourcesOf({ from }: SelectedDestinationRule): readonly DestinationRule[] {
    return from.flatMap((metadata) => this.#rules.get(metadata) ?? []);
  }

  /** All that reach a service of the proxy's, in the order of services. */
  listFor({ knownHosts }: ProxyView): readonly AppliedPolicy[] {
    return knownHosts.flatMap((known) => (known.outboundRule ? this.#of(known, known.outboundRule) : []));
  }

  #of(known: KnownHost, chosen: SelectedDestinationRule): readonly AppliedPolicy[] {
    const found = this.#ofHosts.get(known);
    if (found) return found;
    const { service } = known;
    const sources = service.resolution === 'alias' ? [] : this.sourcesOf(chosen);
    const policies = [...ofWholeRule(service, sources), ...ofSubsets(service, sources, chosen.spec.subsets ?? [])];
    this.#ofHosts.set(known, policies);
    return policies;
  }
}

/** Of merged rules, the first that has a policy gives it. */
function ofWholeRule(service: Service, sources: readonly DestinationRule[]): readonly AppliedPolicy[] {
  const resource = sources.find(({ spec }) => spec.trafficPolicy);
  if (!resource) return [];
  return byPlace(service, resource, 'spec.trafficPolicy', resource.spec.trafficPolicy).map((place) => ({
    ...place,
    effective: place.settings,
  }));
}

function ofSubsets(
  service: Service,
  sources: readonly DestinationRule[],
  subsets: readonly Subset[],
): readonly AppliedPolicy[] {
  const whole = sources.find(({ spec }) => spec.trafficPolicy)?.spec.trafficPolicy;
  return subsets.flatMap((subset) => {
    const resource = sources.find(({ spec }) => spec.subsets?.includes(subset));
    const index = resource?.spec.subsets?.indexOf(subset) ?? -1;
    if (!resource || !subset.trafficPolicy) return [];
    const path = `spec.subsets[${index}].trafficPolicy`;
    return byPlace(service, resource, path, subset.trafficPolicy, subset).map((place) => {
      const port = place.ports[0]?.number ?? 0;
      const effective = mergeSubsetPolicy(selectPortPolicy(whole, port), subset.trafficPolicy, port);
      return { ...place, effective: effective ?? place.settings, subset };
    });
  });
}

type Place = Omit<AppliedPolicy, 'effective' | 'subset'>;

/** The settings for every port, and those of single ports, each with the ports that they reach. */
function byPlace(
  service: Service,
  resource: DestinationRule,
  path: string,
  policy: DestinationRule['spec']['trafficPolicy'],
  subset?: Subset,
): readonly Place[] {
  const places = new Map<string, { readonly settings: PortPolicy; readonly ports: Port[] }>();
  for (const port of service.ports) {
    if (port.protocol === 'UDP') continue;
    const index =
      policy?.portLevelSettings?.findIndex((one) => one.port && (one.port.number ?? 0) === port.number) ?? -1;
    const place = index < 0 ? path : `${path}.portLevelSettings[${index}]`;
    const settings = selectPortPolicy(policy, port.number) ?? {};
    const known = places.get(place);
    if (known) known.ports.push(port);
    else places.set(place, { settings, ports: [port] });
  }
  return [...places].map(([place, { settings, ports }]) => ({
    service,
    resource,
    path: place,
    settings,
    ports,
    clusters: ports.map(({ number }) => outboundName(service.hostname, number, subset?.name)),
  }));
}

/** `port 443`, `ports 80 and 443` */
export function listPorts(ports: readonly Pick<Port, 'number'>[]): string {
  const numbers = ports.map(({ number }) => String(number));
  return numbers.length === 1 ? `port ${numbers[0]}` : `ports ${joinWords(numbers)}`;
}

/** `a, b and c` */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
