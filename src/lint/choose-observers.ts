import type { Proxy } from '../model/proxy.ts';
import type { ProxyScenario, Request, Scenario } from '../model/scenario.ts';
import { type Labels, selectsLabels } from '../registry/labels.ts';
import type { Mesh } from '../registry/mesh.ts';
import { compareText } from '../registry/order.ts';
import { readScenario } from '../registry/read-scenario.ts';
import type { Audience } from './audience.ts';

export interface Observer {
  readonly audience: Audience;
  readonly proxy: Proxy;
  /** What the scenario asks of this very proxy. */
  readonly requests: readonly Request[];
  /** The scenario that says all of this. */
  readonly scenario: Scenario;
  /** Whether it is the proxy that the user asked for, and not one that stands for others. */
  readonly isAsked: boolean;
}

/** More looks than these would make lint slow for a whole cluster, and say little that is new. */
export const maximumObservers = 32;

/**
 * Whose eyes lint looks through: the scenario's proxy, where the scenario names its namespace; else a proxy in every
 * namespace that appears, with and without DNS capture unless the scenario decides that, one with the labels that
 * a Sidecar or DestinationRule selects, and the gateways that Gateways select.
 */
export function chooseObservers(mesh: Mesh, scenario: Scenario, own: Proxy): readonly Observer[] {
  // Where there is nothing, everybody sees the same.
  const isEmpty = Object.values(mesh.resources).every((list) => list.length === 0);
  if (isForOne(scenario) || isEmpty)
    return [{ ...observe(own, scenario), requests: scenario.requests ?? [], isAsked: true }];
  return [...choosePointsOfView(mesh, scenario), ...listGateways(mesh, scenario)].map((proxy) => {
    const asked = { ...scenario, proxy };
    return observe(readScenario(asked, () => undefined).proxy, asked);
  });
}

/** Whether the scenario says whose eyes they are. */
export function isForOne({ proxy }: Scenario): boolean {
  return proxy?.namespace !== undefined;
}

/** The same as scenarios of proxies. */
export function choosePointsOfView(mesh: Mesh, scenario: Scenario): readonly ProxyScenario[] {
  if (scenario.proxy?.namespace !== undefined) return [scenario.proxy];
  const captures = decidesDnsCapture(mesh, scenario) ? [undefined] : [false, true];
  const given: Labels = scenario.proxy?.labels ?? {};
  return listNamespaces(mesh).flatMap((namespace) =>
    [given, ...selectedLabels(mesh, namespace, given)].flatMap((labels) =>
      captures.map((capture) => proxyIn(scenario, namespace, labels, capture)),
    ),
  );
}

/** The workloads that Gateways select, in the namespaces of these: that they run there is the rule. */
function listGateways({ resources }: Mesh, { proxy }: Scenario): readonly ProxyScenario[] {
  if (proxy?.type !== undefined) return [];
  const found = new Map<string, ProxyScenario>();
  for (const { metadata, spec } of resources.Gateway) {
    const { namespace } = metadata;
    const labels = spec.selector ?? {};
    const pod = resources.Pod.find(
      (one) => one.metadata.namespace === namespace && selectsLabels(labels, one.metadata.labels),
    );
    const ip = pod?.status.podIP;
    found.set(JSON.stringify([namespace, labels]), {
      ...proxy,
      type: 'router',
      namespace,
      labels: pod?.metadata.labels ?? labels,
      ...(pod && { name: pod.metadata.name }),
      ...(ip && { ip }),
    });
  }
  return [...found.values()];
}

function observe(proxy: Proxy, scenario: Scenario): Observer {
  const labels = proxy.metadata['LABELS'];
  return {
    proxy,
    scenario,
    requests: [],
    isAsked: false,
    audience: {
      type: proxy.type,
      namespace: proxy.namespace,
      dnsCapture: proxy.dnsCapture,
      labels: typeof labels === 'object' && labels !== null ? (labels as Labels) : {},
    },
  };
}

function proxyIn({ proxy }: Scenario, namespace: string, labels: Labels, capture: boolean | undefined): ProxyScenario {
  return {
    ...proxy,
    namespace,
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(capture !== undefined && { metadata: { ...proxy?.metadata, DNS_CAPTURE: String(capture) } }),
  };
}

function decidesDnsCapture({ defaultProxyConfig }: Mesh, { proxy }: Scenario): boolean {
  return (
    proxy?.metadata?.['DNS_CAPTURE'] !== undefined ||
    defaultProxyConfig.proxyMetadata?.['ISTIO_META_DNS_CAPTURE'] !== undefined
  );
}

/** Those of resources and those that resources are exported to. */
function listNamespaces({ resources }: Mesh): readonly string[] {
  const found = new Set<string>();
  for (const { metadata } of resources.Namespace) found.add(metadata.name);
  for (const list of Object.values(resources)) {
    for (const { metadata, spec } of list) {
      if (metadata.namespace !== '') found.add(metadata.namespace);
      const { exportTo } = spec as { readonly exportTo?: readonly string[] };
      for (const entry of exportTo ?? []) if (/^[a-z0-9]/.test(entry)) found.add(entry);
    }
  }
  if (found.size === 0) found.add('default');
  return [...found].sort(compareText);
}

function selectedLabels({ resources }: Mesh, namespace: string, given: Labels): readonly Labels[] {
  if (Object.keys(given).length > 0) return [];
  const selectors = [
    ...resources.Sidecar.map(({ metadata, spec }) => ({ metadata, labels: spec.workloadSelector?.labels })),
    ...resources.DestinationRule.map(({ metadata, spec }) => ({
      metadata,
      labels: spec.workloadSelector?.matchLabels,
    })),
  ];
  const found = new Map<string, Labels>();
  for (const { metadata, labels } of selectors) {
    if (metadata.namespace === namespace && labels && Object.keys(labels).length > 0)
      found.set(JSON.stringify(labels), labels);
  }
  return [...found.values()];
}
