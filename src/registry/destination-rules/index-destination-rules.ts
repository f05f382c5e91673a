import { completeHostname } from '../../model/hostname.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import { HostIndex } from '../host-index.ts';
import type { Mesh, MeshSettings } from '../mesh.ts';
import { compareByCreation } from '../order.ts';
import { defaultVisibility } from '../visibility.ts';
import type { ConsolidatedRule } from './consolidated-rule.ts';
import { mergeDestinationRule } from './merge-destination-rules.ts';

type RulesByHost = HostIndex<ConsolidatedRule[]>;

export interface DestinationRules {
  /** The rules that govern a service for proxies of a namespace: one, or several that differ in their workload selector. */
  find(service: Pick<Service, 'hostname' | 'namespace'>, proxyNamespace: string): readonly ConsolidatedRule[];
}

/**
 * Indexes rules by the namespace that looks for them. A proxy takes those of its own namespace, else what the service's
 * namespace exports, else what the root namespace exports.
 * Source: istio `pilot/pkg/model/push_context.go`, setDestinationRules and destinationRule.
 */
export function indexDestinationRules(mesh: Mesh): DestinationRules {
  const { DestinationRule: resources } = mesh.resources;
  return mesh.memory.once('destination rules', [resources], () =>
    indexRules(mesh.memory.mapEach('complete rules', orderRules(resources), completeRule), mesh),
  );
}

function indexRules(
  rules: readonly ConsolidatedRule[],
  { rootNamespace, configuration }: Pick<MeshSettings, 'rootNamespace' | 'configuration'>,
): DestinationRules {
  const local = new Map<string, RulesByHost>();
  const exported = new Map<string, RulesByHost>();
  const privateToRoot: RulesByHost = new HostIndex();
  const defaults = defaultVisibility(configuration.defaultDestinationRuleExportTo);

  for (const rule of rules) {
    const { namespace } = rule.metadata;
    const { exportTo } = rule;
    if (exportTo.size === 0 || exportTo.has('*') || exportTo.has('.') || exportTo.has(namespace)) {
      mergeDestinationRule(rulesOf(local, namespace), rule);
    }
    const isPrivate =
      exportTo.size === 0
        ? defaults.includes('.')
        : exportTo.size === 1 && (exportTo.has('.') || exportTo.has(namespace));
    if (!isPrivate) mergeDestinationRule(rulesOf(exported, namespace), rule);
    else if (namespace === rootNamespace) mergeDestinationRule(privateToRoot, rule);
  }

  const findExported = (owner: string, hostname: string, client: string): readonly ConsolidatedRule[] =>
    (exported.get(owner)?.find(hostname) ?? []).filter(
      ({ exportTo }) => exportTo.size === 0 || exportTo.has('*') || exportTo.has(client),
    );

  return {
    find({ hostname, namespace }, proxyNamespace) {
      // The root namespace's rules are for everybody, so that its own proxies prefer only what is private to it.
      const own = proxyNamespace === rootNamespace ? privateToRoot : local.get(proxyNamespace);
      const found = own?.find(hostname);
      if (found) return found;
      const ofService = findExported(namespace, hostname, proxyNamespace);
      return ofService.length > 0 ? ofService : findExported(rootNamespace, hostname, proxyNamespace);
    },
  };
}

function rulesOf(indexes: Map<string, RulesByHost>, namespace: string): RulesByHost {
  const known = indexes.get(namespace);
  if (known) return known;
  const created: RulesByHost = new HostIndex();
  indexes.set(namespace, created);
  return created;
}

/** Rules for some workloads come first. */
function orderRules(resources: readonly ResourceOf<'DestinationRule'>[]): readonly ResourceOf<'DestinationRule'>[] {
  const rank = ({ spec }: ResourceOf<'DestinationRule'>): number => (spec.workloadSelector ? 0 : 1);
  return resources.toSorted((left, right) => rank(left) - rank(right) || compareByCreation(left, right));
}

/** A rule for some workloads never leaves its namespace. */
function completeRule({ metadata, spec }: ResourceOf<'DestinationRule'>): ConsolidatedRule {
  return {
    metadata,
    spec: { ...spec, host: completeHostname(spec.host ?? '', metadata.namespace) },
    from: [metadata],
    exportTo: new Set(spec.workloadSelector ? ['.'] : (spec.exportTo ?? [])),
  };
}
