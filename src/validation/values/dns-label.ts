const label = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?';
const dnsLabel = new RegExp(`^${label}$`);
const wildcardLabel = new RegExp(`^(?:\\*|(?:\\*|\\*-)?${label})$`);
const longestLabel = 63;

/** Letters, digits and inner dashes, at most 63. Istio, unlike Kubernetes, takes capitals too. Source: istio `pkg/config/labels`. */
export function isDnsLabel(text: string): boolean {
  return text.length <= longestLabel && dnsLabel.test(text);
}

/** A DNS label that may begin with `*` or be just that, as in `*-foo`. */
export function isWildcardDnsLabel(text: string): boolean {
  return text.length <= longestLabel && wildcardLabel.test(text);
}
