import type { FieldPath } from '../model/field-path.ts';
import { oncePer } from '../model/once-per.ts';
import { contentKey } from './content-key.ts';

/** How the items of a list are recognised on the other side. */
export interface ListRule {
  /** Tried one after the other, for what the earlier ones left over; undefined where an item has no such identity. */
  readonly identities: readonly Identity[];
  /** Whether Envoy minds the order. */
  readonly ordered: boolean;
  /** A last item without partner on each side is taken for the same, with another identity. */
  readonly pairsRemainder?: true;
}

export type Identity = (item: unknown) => string | undefined;

/** The field with this name, whatever it holds. */
function by(...fields: readonly string[]): Identity {
  const identityOf = oncePer((item: object): string | undefined => {
    const values = fields.map((field) => fieldOf(item, field));
    return values.every((value) => value === undefined) ? undefined : contentKey(values.map((value) => value ?? null));
  });
  return (item) => (typeof item === 'object' && item !== null ? identityOf(item) : undefined);
}

function fieldOf(item: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return (value as Record<string, unknown>)[key];
  }, item);
}

const inOrder = (...identities: readonly Identity[]): ListRule => ({ identities, ordered: true });
const inAnyOrder = (...identities: readonly Identity[]): ListRule => ({ identities, ordered: false });
const set = inAnyOrder(contentKey);
const pairingRemainder = (rule: ListRule): ListRule => ({ ...rule, pairsRemainder: true });

/**
 * By the name of the field that holds the list. Envoy goes through routes, filters and transport socket matches in
 * their order; it chooses among filter chains, virtual hosts and endpoints by what they match, wherever they stand.
 */
const rules: Readonly<Record<string, ListRule>> = {
  accessLog: inAnyOrder(contentKey, by('name')),
  allowOriginStringMatch: set,
  applicationProtocols: set,
  clusters: inAnyOrder(by('name')),
  customTags: inAnyOrder(by('tag')),
  directSourcePrefixRanges: set,
  domains: set,
  endpoints: pairingRemainder(inAnyOrder(by('locality', 'priority'), by('locality'))),
  filterChains: pairingRemainder(inAnyOrder(by('name', 'filterChainMatch'), by('name'), by('filterChainMatch'))),
  filters: inOrder(by('name', 'typedConfig.@type'), by('name')),
  headers: pairingRemainder(inAnyOrder(contentKey, by('name'))),
  httpFilters: inOrder(by('name', 'typedConfig.@type'), by('name')),
  ips: set,
  lbEndpoints: inAnyOrder(by('endpoint.address'), by('endpointName')),
  listenerFilters: inOrder(by('name')),
  matchSubjectAltNames: set,
  matchTypedSubjectAltNames: set,
  prefixRanges: set,
  queryParameters: inAnyOrder(contentKey, by('name')),
  requestHeadersToAdd: inAnyOrder(by('header.key')),
  requestHeadersToRemove: set,
  requestMirrorPolicies: inAnyOrder(by('cluster')),
  responseHeadersToAdd: inAnyOrder(by('header.key')),
  responseHeadersToRemove: set,
  retriableStatusCodes: set,
  retryHostPredicate: inAnyOrder(by('name')),
  routes: pairingRemainder(inOrder(by('name', 'match'), by('match'), by('name'))),
  serverNames: set,
  services: inAnyOrder(contentKey, by('host', 'namespace'), by('name')),
  sourcePorts: set,
  sourcePrefixRanges: set,
  thresholds: inAnyOrder(by('priority')),
  tlsCertificateSdsSecretConfigs: inAnyOrder(by('name')),
  transportSocketMatches: inOrder(by('name')),
  virtualHosts: inAnyOrder(by('name')),
};

const named = inOrder(by('name'));
const byContent = pairingRemainder(inOrder(contentKey));

/** `value`: a list of plain values, compared as one. */
export function listRuleOf(path: FieldPath, items: readonly unknown[]): ListRule | 'value' {
  const rule = ruleFor(path.at(-1));
  if (rule !== undefined) return rule;
  if (items.some((item) => typeof item !== 'object')) return 'value';
  return items.every((item) => fieldOf(item, 'name') !== undefined) ? named : byContent;
}

/** Whether the field with this name holds a list whose items paths may name. */
export function holdsList(field: string): boolean {
  return ruleFor(field) !== undefined;
}

function ruleFor(field: string | number | undefined): ListRule | undefined {
  return typeof field === 'string' && Object.hasOwn(rules, field) ? rules[field] : undefined;
}
