import type { ConsolidatedRule } from './consolidated-rule.ts';
import { mergeDestinationRule } from './merge-destination-rules.ts';

/** What rules are exported to where they do not say it. */
export interface ExportDefaults {
  readonly rootNamespace: string;
  readonly staysPrivate: boolean;
}

type Rules = readonly ConsolidatedRule[];

const none: Rules = [];

/** The rules that name one host, merged for those that look for them. Source: istio `pilot/pkg/model/push_context.go`, setDestinationRules. */
export class RulesOfHost {
  readonly #rules: Rules;
  readonly #defaults: ExportDefaults;
  /** Only where several rules name the host. */
  #merged: Map<string, Rules> | undefined;

  /** The rules in the order in which they are merged. */
  constructor(rules: Rules, defaults: ExportDefaults) {
    this.#rules = rules;
    this.#defaults = defaults;
  }

  /** A namespace's own that are for itself. The root namespace's are for everybody, so that these are only its private ones. */
  ownOf(namespace: string): Rules {
    const isOwn = (rule: ConsolidatedRule): boolean => rule.metadata.namespace === namespace;
    if (namespace === this.#defaults.rootNamespace) {
      return this.#merge('private to', namespace, (rule) => isOwn(rule) && this.#isPrivate(rule));
    }
    return this.#merge('local to', namespace, (rule) => isOwn(rule) && isLocal(rule));
  }

  exportedFrom(namespace: string): Rules {
    return this.#merge(
      'exported from',
      namespace,
      (rule) => rule.metadata.namespace === namespace && !this.#isPrivate(rule),
    );
  }

  #isPrivate({ exportTo, metadata }: ConsolidatedRule): boolean {
    if (exportTo.size === 0) return this.#defaults.staysPrivate;
    return exportTo.size === 1 && (exportTo.has('.') || exportTo.has(metadata.namespace));
  }

  #merge(purpose: string, namespace: string, applies: (rule: ConsolidatedRule) => boolean): Rules {
    const [only] = this.#rules;
    if (this.#rules.length === 1 && only) return applies(only) ? this.#rules : none;
    const key = `${purpose} ${namespace}`;
    this.#merged ??= new Map();
    const known = this.#merged.get(key);
    if (known) return known;
    const merged: ConsolidatedRule[] = [];
    for (const rule of this.#rules) if (applies(rule)) mergeDestinationRule(merged, rule);
    this.#merged.set(key, merged);
    return merged;
  }
}

function isLocal({ exportTo, metadata }: ConsolidatedRule): boolean {
  return exportTo.size === 0 || exportTo.has('*') || exportTo.has('.') || exportTo.has(metadata.namespace);
}
