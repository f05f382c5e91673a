import { canonicalFilterNames } from '../model/deprecated-filter-names.ts';
import type { EnvoyConfigObjectPatch, EnvoyFilter, FilterMatch } from '../model/istio/envoy-filter.ts';
import type { Admission, AdmissionRules } from './admission-rules.ts';
import { type Field, forEachItem } from './field.ts';
import { isRegularExpression } from './values/regular-expression.ts';
import { validateSelectorLabels } from './values/workload-selector.ts';

/** Source: istio `pkg/config/validation/envoyfilter/envoyfilter.go`. */
export function validateEnvoyFilter(filter: EnvoyFilter, field: Field, { rules }: Admission): void {
  field.warn(
    'An EnvoyFilter depends on what Istio sends today and can break with every upgrade; prefer another kind where there is one.',
  );
  if (filter.workloadSelector !== undefined) {
    validateSelectorLabels(filter.workloadSelector.labels, field.at('workloadSelector').at('labels'));
  }
  forEachItem(filter.configPatches, field.at('configPatches'), (patch, at) => {
    if (patch.patch?.operation === 'MERGE_AND_REPLACE_LIST' && !rules.profile.mergesAndReplacesLists) {
      at.at('patch')
        .at('operation')
        .refuse('This Istio does not know MERGE_AND_REPLACE_LIST, which 1.31 brings; use MERGE.');
    }
    // istiod does not check patches for waypoints yet.
    if (patch.match?.context === 'WAYPOINT') return;
    validatePatch(patch, at, rules);
  });
}

function validatePatch(patch: EnvoyConfigObjectPatch, field: Field, rules: AdmissionRules): void {
  const { applyTo = 'INVALID' } = patch;
  const operation = patch.patch?.operation ?? 'INVALID';
  const value = patch.patch?.value;
  if (applyTo === 'INVALID') field.at('applyTo').refuse('Name what the patch applies to, for example CLUSTER.');
  if (operation === 'INVALID') field.at('patch').at('operation').refuse('Name what the patch does, for example MERGE.');
  else if (operation !== 'REMOVE' && value === undefined) {
    field.at('patch').at('value').refuse(`Operation ${operation} needs a value.`);
  }
  validateProxyVersion(patch.match?.proxy?.proxyVersion ?? '', field.at('match').at('proxy').at('proxyVersion'), rules);
  validateMatch(patch, field.at('match'));
  if (applyTo === 'INVALID' || value === undefined) return;
  for (const { severity, path, message } of rules.checkPatch(applyTo, value)) {
    const at = path.reduce((parent: Field, key) => parent.at(key), field.at('patch').at('value'));
    if (severity === 'error') at.refuse(message);
    else at.warn(message);
  }
}

/** Patterns longer than this are not compiled, so they cannot be refused. */
const longestVersionPattern = 1024;

function validateProxyVersion(pattern: string, field: Field, { profile }: AdmissionRules): void {
  if (pattern.length > longestVersionPattern && profile.boundsVersionPatterns) {
    field.warn(`The pattern is longer than ${longestVersionPattern} characters and is ignored; shorten it.`);
  } else if (!isRegularExpression(pattern)) {
    field.refuse(`"${pattern}" is not a regular expression in RE2 syntax.`);
  }
}

type ObjectMatch = 'listener' | 'routeConfiguration' | 'cluster';

const matchOf: Readonly<Partial<Record<NonNullable<EnvoyConfigObjectPatch['applyTo']>, ObjectMatch>>> = {
  LISTENER: 'listener',
  FILTER_CHAIN: 'listener',
  NETWORK_FILTER: 'listener',
  HTTP_FILTER: 'listener',
  ROUTE_CONFIGURATION: 'routeConfiguration',
  VIRTUAL_HOST: 'routeConfiguration',
  HTTP_ROUTE: 'routeConfiguration',
  CLUSTER: 'cluster',
};

function validateMatch(patch: EnvoyConfigObjectPatch, field: Field): void {
  const { applyTo = 'INVALID', match = {} } = patch;
  const wanted = matchOf[applyTo];
  if (wanted === undefined) return;
  for (const given of ['listener', 'routeConfiguration', 'cluster', 'waypoint'] as const) {
    if (given !== wanted && match[given] !== undefined) {
      field.at(given).refuse(`A patch of ${applyTo} is matched with ${wanted}, not ${given}.`);
    }
  }
  const filter = match.listener?.filterChain?.filter;
  if (wanted === 'listener' && filter !== undefined) {
    validateFilterMatch(filter, field.at('listener').at('filterChain').at('filter'), applyTo);
  }
}

const connectionManagers: readonly string[] = [
  'envoy.filters.network.http_connection_manager',
  'envoy.http_connection_manager',
];

function validateFilterMatch(filter: FilterMatch, field: Field, applyTo: string): void {
  if (applyTo === 'LISTENER' || applyTo === 'FILTER_CHAIN') {
    field.warn(`A patch of ${applyTo} is not matched by filter; remove the match.`);
  }
  const name = filter.name ?? '';
  if (name === '') field.at('name').refuse('Name the filter to match.');
  else warnOfOldName(name, field.at('name'));
  if (filter.subFilter === undefined) return;
  const subName = filter.subFilter.name ?? '';
  if (applyTo !== 'HTTP_FILTER')
    field.at('subFilter').refuse('Only patches of HTTP_FILTER are matched by subFilter; remove it.');
  if (!connectionManagers.includes(name)) {
    field.at('name').refuse(`Only ${connectionManagers[0]} has sub-filters; name it here.`);
  }
  if (subName === '') field.at('subFilter').at('name').refuse('Name the HTTP filter to match.');
  else warnOfOldName(subName, field.at('subFilter').at('name'));
}

function warnOfOldName(name: string, field: Field): void {
  const canonical = canonicalFilterNames.get(name);
  if (canonical !== undefined) field.warn(`"${name}" is an old name of the filter; use "${canonical}".`);
}
