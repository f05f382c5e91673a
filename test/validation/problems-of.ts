import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { ResourceSpecs } from '../../src/model/istio/kinds.ts';
import type { Metadata, Resource } from '../../src/model/resource.ts';
import type { AdmissionOptions } from '../../src/validation/admission-rules.ts';
import { type ValidatedResources, validateResources } from '../../src/validation/validate-resources.ts';

export interface Given extends AdmissionOptions {
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
  options: AdmissionOptions = {},
): ValidatedResources & { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  return { ...validateResources(resources, (diagnostic) => diagnostics.push(diagnostic), options), diagnostics };
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
