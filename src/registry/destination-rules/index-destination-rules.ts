import { completeHostname, isWildcard } from '../../model/hostname.ts';
import type { Lookups } from '../../model/memory.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import { HostIndex } from '../host-index.ts';
import type { Mesh } from '../mesh.ts';
import { compareByCreation } from '../order.ts';
import { defaultVisibility } from '../visibility.ts';
import type { ConsolidatedRule } from './consolidated-rule.ts';
import { type ExportDefaults, RulesOfHost } from './rules-of-host.ts';

type NamedService = Pick<Service, 'hostname' | 'namespace'>;

export interface DestinationRules {
  /** The rules that govern a service for proxies of a namespace: one, or several that differ in their workload selector. */
  find(service: NamedService, proxyNamespace: string): readonly ConsolidatedRule[];
  /** Where rules for a host are looked up. */
  readonly lookups: Lookups<NamedService>;
  /** Those for several hosts, which are not found by the name of one. */
  readonly wildcards: readonly ConsolidatedRule[];
}

const none: readonly ConsolidatedRule[] = [];

/**
 * Indexes rules by the hosts they name. A proxy takes those of its own namespace, else what the service's namespace
 * exports, else what the root namespace exports.
 * Source: istio `pilot/pkg/model/push_context.go`, destinationRule.
 */
export function indexDestinationRules({ resources, rootNamespace, configuration, memory }: Mesh): DestinationRules {
  const defaults: ExportDefaults = {
    rootNamespace,
    staysPrivate: defaultVisibility(configuration.defaultDestinationRuleExportTo).includes('.'),
  };
  const ordered = memory.sort('rules in order', resources.DestinationRule, compareRules);
  const complete = memory.mapEach('complete rules', ordered, completeRule);
  const byHost = memory.group('rules by host', complete, {
    keyOf: hostOf,
    make: (rules) => new RulesOfHost(rules, defaults),
  });
  const wildcards = memory.collect('wildcard rules', complete, (all: ConsolidatedRule[], rule) => {
    if (isWildcard(hostOf(rule))) all.push(rule);
  });
  const index = memory.once('hosts of rules', [byHost, wildcards], () => new HostIndex(byHost, wildcards.map(hostOf)));

  const findExported = (covering: readonly RulesOfHost[], owner: string, client: string): readonly ConsolidatedRule[] =>
    findFirst(covering, (rules) => rules.exportedFrom(owner)).filter(
      ({ exportTo }) => exportTo.size === 0 || exportTo.has('*') || exportTo.has(client),
    );

  return {
    lookups: { in: [byHost], namesOf: ({ hostname }) => [hostname] },
    wildcards,
    find({ hostname, namespace }, proxyNamespace) {
      const covering = index.listCovering(hostname);
      if (covering.length === 0) return none;
      const own = findFirst(covering, (rules) => rules.ownOf(proxyNamespace));
      if (own.length > 0) return own;
      const ofService = findExported(covering, namespace, proxyNamespace);
      return ofService.length > 0 ? ofService : findExported(covering, rootNamespace, proxyNamespace);
    },
  };
}

/** The most specific host that has any says which: rules of others are not looked at, not even where it exports none. */
function findFirst(
  covering: readonly RulesOfHost[],
  select: (rules: RulesOfHost) => readonly ConsolidatedRule[],
): readonly ConsolidatedRule[] {
  for (const rules of covering) {
    const selected = select(rules);
    if (selected.length > 0) return selected;
  }
  return none;
}

function hostOf({ spec }: ConsolidatedRule): string {
  return spec.host ?? '';
}

/** Rules for some workloads come first. */
function compareRules(left: ResourceOf<'DestinationRule'>, right: ResourceOf<'DestinationRule'>): number {
  const rank = ({ spec }: ResourceOf<'DestinationRule'>): number => (spec.workloadSelector ? 0 : 1);
  return rank(left) - rank(right) || compareByCreation(left, right);
}

/** A rule for some workloads never leaves its namespace. */
function completeRule({ metadata, spec }: ResourceOf<'DestinationRule'>): ConsolidatedRule {
  const host = completeHostname(spec.host ?? '', metadata.namespace);
  return {
    metadata,
    spec: host === spec.host ? spec : { ...spec, host },
    from: [metadata],
    exportTo: spec.workloadSelector ? ownNamespace : readExportTo(spec.exportTo),
  };
}

const ownNamespace: ReadonlySet<string> = new Set(['.']);
const byDefault: ReadonlySet<string> = new Set();

function readExportTo(exportTo: readonly string[] | undefined): ReadonlySet<string> {
  return exportTo?.length ? new Set(exportTo) : byDefault;
}
