import { type Manifest, type ReadManifests, readManifests } from '../../src/manifests/read-manifests.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';

/** Reads manifests and gathers what is reported. */
export function read(
  input: string | readonly Manifest[],
): ReadManifests & { readonly diagnostics: readonly Diagnostic[]; readonly names: readonly string[] } {
  const diagnostics: Diagnostic[] = [];
  const result = readManifests(input, (diagnostic) => diagnostics.push(diagnostic));
  return { ...result, diagnostics, names: result.resources.map(({ metadata }) => metadata.name) };
}

export const serviceEntry = (name: string, spec = 'hosts: [a.example.com]'): string =>
  `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata:\n  name: ${name}\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
