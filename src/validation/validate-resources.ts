import type { Report, ResourceReference } from '../model/diagnostic.ts';
import { type Resource, referenceOf } from '../model/resource.ts';
import { type Admission, type AdmissionOptions, selectAdmissionRules } from './admission-rules.ts';
import { validateDestinationRule } from './destination-rule.ts';
import { validateEnvoyFilter } from './envoy-filter.ts';
import { Field, type Problem } from './field.ts';
import { validateGateway } from './gateway/gateway.ts';
import { validateMetadata } from './metadata.ts';
import { validatePeerAuthentication } from './peer-authentication.ts';
import { validateServiceEntry } from './service-entry/service-entry.ts';
import { validateWorkloadEntry } from './service-entry/workload-entry.ts';
import { validateSidecar } from './sidecar/sidecar.ts';
import { validateTelemetry } from './telemetry.ts';
import { validateVirtualService } from './virtual-service/virtual-service.ts';

export interface ResourceMessage extends ResourceReference {
  readonly message: string;
}

export interface ValidatedResources {
  readonly accepted: readonly Resource[];
  /** One for each problem. */
  readonly rejected: readonly ResourceMessage[];
  /** Of accepted resources only: the webhook keeps its warnings to itself when it refuses. */
  readonly warnings: readonly ResourceMessage[];
}

/**
 * Leaves out what istiod's admission webhook refuses, and says why.
 *
 * Each resource is looked at by itself, as the webhook does: nothing is said about resources that miss each other.
 * Kubernetes' own kinds do not pass through istiod's webhook.
 */
export function validateResources(
  resources: readonly Resource[],
  report: Report,
  options: AdmissionOptions = {},
): ValidatedResources {
  const rules = selectAdmissionRules(options);
  const accepted: Resource[] = [];
  const rejected: ResourceMessage[] = [];
  const warnings: ResourceMessage[] = [];
  for (const resource of resources) {
    const problems = findProblems(resource, { metadata: resource.metadata, rules });
    const refusals = problems.filter(({ severity }) => severity === 'error');
    const reference = referenceOf(resource);
    for (const { severity, path, message, code } of problems) {
      const general = severity === 'error' ? 'resource-refused' : 'resource-warning';
      report({ code: code ?? general, severity, message, resource: reference, path });
      if (severity === 'error') rejected.push({ ...reference, message: `${path}: ${message}` });
      else if (refusals.length === 0) warnings.push({ ...reference, message: `${path}: ${message}` });
    }
    if (refusals.length === 0) accepted.push(resource);
  }
  return { accepted, rejected, warnings };
}

function findProblems(resource: Resource, admission: Admission): readonly Problem[] {
  const problems: Problem[] = [];
  const root = Field.root(problems);
  if (validateSpec(resource, root.at('spec'), admission)) validateMetadata(resource.metadata, root.at('metadata'));
  return problems;
}

/** Whether the kind passes through the webhook. */
function validateSpec(resource: Resource, spec: Field, admission: Admission): boolean {
  switch (resource.kind) {
    case 'ServiceEntry':
      validateServiceEntry(resource.spec, spec, admission);
      return true;
    case 'WorkloadEntry':
      validateWorkloadEntry(resource.spec, spec);
      return true;
    case 'DestinationRule':
      validateDestinationRule(resource.spec, spec, admission);
      return true;
    case 'VirtualService':
      validateVirtualService(resource.spec, spec, admission);
      return true;
    case 'Sidecar':
      validateSidecar(resource.spec, spec, admission);
      return true;
    case 'Gateway':
      validateGateway(resource.spec, spec, admission);
      return true;
    case 'EnvoyFilter':
      validateEnvoyFilter(resource.spec, spec, admission);
      return true;
    case 'PeerAuthentication':
      validatePeerAuthentication(resource.spec, spec);
      return true;
    case 'Telemetry':
      validateTelemetry(resource.spec, spec);
      return true;
    default:
      return false;
  }
}
