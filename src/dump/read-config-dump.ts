import type { Diagnostic, Report } from '../model/diagnostic.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { asDumped } from './as-dumped.ts';
import type { ConfigDump } from './config-dump.ts';
import { type DumpSections, isObject, type JsonMap, objectsIn, readDumpSections } from './dump-sections.ts';
import { scenarioOfNode } from './scenario-of-node.ts';

/**
 * Reads what `/config_dump?include_eds` of a live proxy answers, or `istioctl proxy-config all -o json|yaml`: the
 * resources that istiod sent, taken out of their wrapping and written as a translation writes them.
 *
 * Undefined where the text is no such dump. What came with the bootstrap, such as the clusters of the agent, is left
 * out; a proxy that got nothing from a control plane is described by its bootstrap.
 *
 * @example
 * const dump = readConfigDump(text);
 * if (dump) diff(dump.snapshot, asDumped(translate(manifests, dump.scenario)));
 */
export function readConfigDump(text: string): ConfigDump | undefined {
  const sections = readDumpSections(text);
  if (sections === undefined) return undefined;
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => void diagnostics.push(diagnostic);

  const bootstrap = sections.find('BootstrapConfigDump')?.bootstrap;
  const scenario = scenarioOfNode(isObject(bootstrap) ? bootstrap.node : undefined, report);
  const snapshot = asDumped(readSnapshot(sections, report));
  const hasEndpoints = sections.find('EndpointsConfigDump') !== undefined;
  if (!hasEndpoints)
    report({
      code: 'config-dump-incomplete',
      severity: 'info',
      message: 'The dump lists no endpoints, so they are not compared: ask for /config_dump?include_eds.',
    });
  return { snapshot, scenario, hasEndpoints, diagnostics };
}

function readSnapshot(sections: DumpSections, report: Report): Snapshot {
  const fromControlPlane = readResources(sections, 'dynamic', report);
  const { clusters, listeners, routes } = fromControlPlane;
  const any = clusters.length + listeners.length + routes.length > 0;
  return any ? fromControlPlane : readResources(sections, 'static', report);
}

/** What a control plane sent, or what the bootstrap brings. */
type Origin = 'dynamic' | 'static';

function readResources(sections: DumpSections, origin: Origin, report: Report): Snapshot {
  const clusters = sections.find('ClustersConfigDump');
  const listeners = sections.find('ListenersConfigDump');
  const routes = sections.find('RoutesConfigDump');
  const endpoints = sections.find('EndpointsConfigDump');
  const clusterEntries =
    origin === 'static'
      ? objectsIn(clusters, 'staticClusters')
      : [...objectsIn(clusters, 'dynamicActiveClusters'), ...objectsIn(clusters, 'dynamicWarmingClusters')];
  const listenerEntries =
    origin === 'static'
      ? objectsIn(listeners, 'staticListeners')
      : objectsIn(listeners, 'dynamicListeners').flatMap((entry) => currentState(entry, report));
  return {
    clusters: resourcesIn(clusterEntries, 'cluster'),
    listeners: resourcesIn(listenerEntries, 'listener'),
    routes: resourcesIn(objectsIn(routes, `${origin}RouteConfigs`), 'routeConfig'),
    endpoints: resourcesIn(objectsIn(endpoints, `${origin}EndpointConfigs`), 'endpointConfig'),
    nameTable: { table: {} },
  };
}

/** A listener that Envoy refuses, or is still getting ready, may stand beside the one that serves. */
function currentState(entry: JsonMap, report: Report): readonly JsonMap[] {
  const { errorState, activeState, warmingState } = entry;
  if (isObject(errorState))
    report({
      code: 'listener-refused-by-envoy',
      severity: 'error',
      path: `listeners[${JSON.stringify(entry.name ?? '')}]`,
      message: `Envoy refused the latest version: ${String(errorState.details ?? '')}`,
    });
  const state = activeState ?? warmingState;
  return isObject(state) ? [state] : [];
}

/** Takes resources out of their wrapping, each name once. */
function resourcesIn<T extends object>(entries: readonly JsonMap[], field: string): readonly T[] {
  const resources = new Map<unknown, T>();
  for (const entry of entries) {
    const wrapped = entry[field];
    if (!isObject(wrapped)) continue;
    const { '@type': _type, ...resource } = wrapped;
    const name = resource.name ?? resource.clusterName;
    if (!resources.has(name)) resources.set(name, resource as T);
  }
  return [...resources.values()];
}
