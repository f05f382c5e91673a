const longestLabel = 63;
const label = `[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,${longestLabel - 2}}[a-zA-Z0-9])?`;
const dnsLabel = new RegExp(`^${label}$`);
const dnsLabels = new RegExp(`^(?:${label}\\.)*(?:${label})?$`);
const wildcardLabel = new RegExp(`^(?:\\*|(?:\\*|\\*-)?${label})$`);

/** Letters, digits and inner dashes, at most 63. Istio, unlike Kubernetes, takes capitals too. Source: istio `pkg/config/labels`. */
export function isDnsLabel(text: string): boolean {
  return dnsLabel.test(text);
}

/** DNS labels with dots between them, and maybe one behind the last. */
export function areDnsLabels(text: string): boolean {
  return dnsLabels.test(text);
}

/** A DNS label that may begin with `*` or be just that, as in `*-foo`. */
export function isWildcardDnsLabel(text: string): boolean {
  return text.length <= longestLabel && wildcardLabel.test(text);
}
