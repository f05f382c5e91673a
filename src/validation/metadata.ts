import type { Metadata } from '../model/resource.ts';
import { type Field, forEachEntry } from './field.ts';

const reserved: ReadonlyMap<string, string> = new Map([
  ['istio.io/dry-run', 'Only an AuthorizationPolicy can be tried out with this annotation; remove it.'],
  ['internal.istio.io/webhook-always-reject', 'istiod refuses everything with this annotation; remove it.'],
  ['internal.istio.io/parents', 'Only istiod itself sets this annotation; remove it.'],
  ['internal.istio.io/parent-namespace', 'Only istiod itself sets this annotation; remove it.'],
]);

/** Checks the annotations that no user may set. Source: istio `pkg/config/validation/validation.go`, validateMetadata. */
export function validateMetadata(metadata: Metadata, field: Field): void {
  forEachEntry(metadata.annotations, field.at('annotations'), (name, _, at) => {
    at.refuseIf(reserved.get(name));
  });
}
