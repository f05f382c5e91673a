import type { Metadata } from '../model/resource.ts';

/** Compares by code unit, as Go does: no locale has a say in istiod's order. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/**
 * istiod's order of policies: the oldest first, then by name, then by namespace.
 * Source: istio `pilot/pkg/model/config.go`, sortConfigByCreationTime.
 */
export function compareByCreation(
  left: { readonly metadata: Metadata },
  right: { readonly metadata: Metadata },
): number {
  const [a, b] = [left.metadata, right.metadata];
  return a.creationTime - b.creationTime || compareText(a.name, b.name) || compareText(a.namespace, b.namespace);
}
