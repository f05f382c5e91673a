const segments = /^spiffe:\/\/[^/]*\/ns\/([^/]*)\/sa\/([^/]*)$/;

/** The identity that a workload's certificate carries. */
export function spiffeIdentity(trustDomain: string, namespace: string, serviceAccount: string): string {
  // A trust domain may be written like a mail address; SPIFFE has no room for `@`.
  return `spiffe://${trustDomain.replaceAll('@', '.')}/ns/${namespace}/sa/${serviceAccount}`;
}

/** Adds each workload identity in the mesh's other trust domains. Source: istio `pkg/spiffe/spiffe.go`, ExpandWithTrustDomains. */
export function expandIdentities(
  identities: Iterable<string>,
  trustDomainAliases: readonly string[],
): readonly string[] {
  const expanded = new Set<string>();
  for (const identity of identities) {
    expanded.add(identity);
    const [, namespace, serviceAccount] = segments.exec(identity) ?? [];
    if (namespace === undefined || serviceAccount === undefined) continue;
    for (const alias of trustDomainAliases) expanded.add(`spiffe://${alias}/ns/${namespace}/sa/${serviceAccount}`);
  }
  return [...expanded].sort();
}
