/**
 * Every code a diagnostic can carry, with one sentence that says what it means.
 * A code is never renamed or reused; new ones are added in alphabetical order.
 */
export const diagnosticCodes = {
  'alias-limit': 'A YAML document expands its aliases beyond the limit and was left out.',
  'field-duplicate': 'A key is given twice in one map; the last one counts.',
  'field-type': 'A field has a value of the wrong type; the resource is refused, as the Kubernetes API server would.',
  'field-unknown': 'A field is not part of the resource’s schema and is ignored.',
  'file-unreadable': 'A file could not be read as text.',
  'invalid-encoding': 'A YAML document contains bytes that are not UTF-8 and was left out.',
  'listener-conflict': 'Two services claim one listener; the later one loses.',
  'nesting-limit': 'A YAML document is nested too deeply and was left out.',
  'not-a-resource': 'A YAML document is no Kubernetes resource (it lacks apiVersion, kind or name) and was left out.',
  'not-simulated': 'A kind, field or proxy is not simulated yet.',
  'resource-duplicate': 'Two resources have the same kind, namespace and name; the later one wins.',
  'resource-refused': 'istiod’s admission webhook refuses the resource; the rest still applies.',
  'resource-warning': 'istiod’s admission webhook accepts the resource but warns.',
  'scenario-invalid': 'A value in the scenario is not usable and is ignored.',
  'size-limit': 'A YAML document is too long and was left out.',
  'undetermined-order': 'istiod’s answer depends on an order it leaves open; the documented order was taken.',
  'unknown-destination': 'A route leads to a host, subset or port that no service provides.',
  'vip-range-exhausted': 'The range for automatically allocated addresses is full.',
  'yaml-syntax': 'A YAML document could not be parsed and was left out.',
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;
