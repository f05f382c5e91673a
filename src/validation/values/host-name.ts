import { areDnsLabels, isDnsLabel, isWildcardDnsLabel } from './dns-label.ts';

const longestName = 255;

/** What is wrong with a fully qualified or short DNS name, or nothing. Source: istio `pkg/config/validation/agent`, ValidateFQDN. */
export function hostNameProblem(name: string): string | undefined {
  return sizeProblem(name) ?? labelsProblem(name, name);
}

/** Like {@link hostNameProblem}, for a name whose first label may begin with a wildcard. */
export function wildcardHostNameProblem(name: string): string | undefined {
  const size = sizeProblem(name);
  if (size !== undefined) return size;
  const dot = name.indexOf('.');
  const first = dot < 0 ? name : name.slice(0, dot);
  if (!isWildcardDnsLabel(first)) return labelProblem(name, first);
  return dot < 0 ? undefined : labelsProblem(name.slice(dot + 1), name);
}

/**
 * Like {@link wildcardHostNameProblem}, for a host of a VirtualService that is bound to gateways only.
 * With `sni` it may also be the server name that an AUTO_PASSTHROUGH gateway makes up, as in `outbound_.80_._.reviews.mesh`.
 */
export function gatewayHostNameProblem(name: string, sni: boolean): string | undefined {
  const size = sizeProblem(name);
  if (size !== undefined) return size;
  return sni && name.startsWith('outbound_') ? generatedSniProblem(name) : wildcardHostNameProblem(name);
}

/** Istio takes a wildcard only as the whole first label here: `*.example.com`, not `*example.com`. */
export function partialWildcardProblem(name: string): string | undefined {
  if (!name.includes('*') || name === '*' || name.startsWith('*.')) return undefined;
  return `The wildcard in "${name}" covers only a part of a label; write "*." before a domain instead.`;
}

function sizeProblem(name: string): string | undefined {
  if (name === '') return 'A host name must not be empty.';
  if (name.length > longestName) return `Host name "${name}" is longer than ${longestName} characters.`;
  return undefined;
}

function labelsProblem(domain: string, name: string): string | undefined {
  if (isNumber(domain.slice(domain.lastIndexOf('.') + 1))) {
    return `Host name "${name}" ends in a number; use a DNS name here, not an IP address.`;
  }
  // A trailing dot, as in `istio.io.`, makes the name unambiguous.
  if (areDnsLabels(domain)) return undefined;
  return labelProblem(name, domain.split('.').find((label) => !isDnsLabel(label)) ?? '');
}

function labelProblem(name: string, label: string): string {
  return `Host name "${name}" has the invalid label "${label}"; a label consists of letters, digits and dashes, and a wildcard can only stand first.`;
}

/** A number as Go's strconv.Atoi reads it: what does not fit into 64 bits is no number. */
function isNumber(label: string): boolean {
  return /^[0-9]+$/.test(label) && BigInt(label) <= 0x7fffffffffffffffn;
}

function generatedSniProblem(name: string): string | undefined {
  const parts = name.split('_');
  const port = parts[1] ?? '';
  const host = parts[3];
  if (host !== undefined && /[0-9]/.test(port) && /[a-zA-Z]/.test(host)) return undefined;
  return `Server name "${name}" must have the form outbound_.PORT_._.HOST.`;
}
