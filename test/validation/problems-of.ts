import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { ResourceSpecs } from '../../src/model/istio/kinds.ts';
import type { Metadata, Resource } from '../../src/model/resource.ts';
import type { IstioVersion } from '../../src/model/scenario.ts';
import { selectProfile } from '../../src/profiles/profile.ts';
import type { AdmissionOptions } from '../../src/validation/admission-rules.ts';
import { type ValidatedResources, validateResources } from '../../src/validation/validate-resources.ts';

export interface AdmittedBy extends Omit<AdmissionOptions, 'profile'> {
  readonly istioVersion?: IstioVersion;
}

export interface Given extends AdmittedBy {
  readonly metadata?: Partial<Metadata>;
}

export function resourceOf<K extends keyof ResourceSpecs>(
  kind: K,
  spec: ResourceSpecs[K]['spec'],
  metadata: Partial<Metadata> = {},
): Resource {
  return {
    kind,
    apiVersion: 'test/v1',
    metadata: { name: 'tested', namespace: 'default', labels: {}, annotations: {}, creationTime: 0, ...metadata },
    spec,
    status: {},
    source: { file: 'test.yaml', text: '', firstLine: 1, path: [] },
  } as unknown as Resource;
}

export function validate(
  resources: readonly Resource[],
  { istioVersion = '1.30', ...options }: AdmittedBy = {},
): ValidatedResources & { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const profile = selectProfile(istioVersion);
  return { ...validateResources(resources, report, { ...options, profile }), diagnostics };
}

/** What is said of one resource: `error spec.hosts[0]`, sorted, each place once. */
export function problemsOf<K extends keyof ResourceSpecs>(
  kind: K,
  spec: ResourceSpecs[K]['spec'],
  { metadata, ...options }: Given = {},
): readonly string[] {
  const { diagnostics } = validate([resourceOf(kind, spec, metadata)], options);
  return [...new Set(diagnostics.map(({ severity, path }) => `${severity} ${path}`))].sort();
}
