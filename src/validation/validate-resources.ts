import type { Report, ResourceReference } from '../model/diagnostic.ts';
import { forgetful, type Memory } from '../model/memory.ts';
import { type Resource, referenceOf } from '../model/resource.ts';
import { type Admission, type AdmissionOptions, type AdmissionRules, selectAdmissionRules } from './admission-rules.ts';
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
  memory: Memory = forgetful(report),
): ValidatedResources {
  const rules = selectAdmissionRules(options);
  const found: Problem[] = [];
  const anywhere = Field.anywhere(found);
  const verdicts = memory.mapEach('admission', resources, (resource) => {
    findProblems(resource, anywhere, rules);
    if (found.length === 0) return faultless;
    found.length = 0;
    return judge(resource, rules, report);
  });
  const troubled = verdicts.filter((verdict) => verdict !== faultless);
  return {
    accepted: troubled.length === 0 ? resources : resources.filter((_, index) => verdicts[index]?.accepted),
    rejected: troubled.flatMap(({ rejected }) => rejected),
    warnings: troubled.flatMap(({ warnings }) => warnings),
  };
}

interface Verdict extends Pick<ValidatedResources, 'rejected' | 'warnings'> {
  readonly accepted: boolean;
}

const faultless: Verdict = { accepted: true, rejected: [], warnings: [] };

function judge(resource: Resource, rules: AdmissionRules, report: Report): Verdict {
  const problems: Problem[] = [];
  findProblems(resource, Field.root(problems), rules);
  const reference = referenceOf(resource);
  const accepted = problems.every(({ severity }) => severity !== 'error');
  for (const { severity, path, message, code } of problems) {
    const general = severity === 'error' ? 'resource-refused' : 'resource-warning';
    report({ code: code ?? general, severity, message, resource: reference, path });
  }
  const say = ({ path, message }: Problem): ResourceMessage => ({ ...reference, message: `${path}: ${message}` });
  return {
    accepted,
    rejected: problems.filter(({ severity }) => severity === 'error').map(say),
    warnings: accepted ? problems.map(say) : [],
  };
}

function findProblems(resource: Resource, root: Field, rules: AdmissionRules): void {
  const { metadata } = resource;
  if (validateSpec(resource, root.at('spec'), { metadata, rules })) validateMetadata(metadata, root.at('metadata'));
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
