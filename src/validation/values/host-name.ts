import { areDnsLabels, isDnsLabel, isWildcardDnsLabel } from './dns-label.ts';

const longestName = 255;

/** What most names are: too short for a label that is too long, with a letter first in the last label. */
const ordinaryLength = 63;
const ordinaryName = '(?:[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*\\.)*[a-zA-Z][a-zA-Z0-9]*(?:-+[a-zA-Z0-9]+)*';
const ordinary = new RegExp(`^${ordinaryName}$`);
const ordinaryWithWildcard = new RegExp(`^(?:\\*\\.)?${ordinaryName}$`);

/** What is wrong with a fully qualified or short DNS name, or nothing. Source: istio `pkg/config/validation/agent`, ValidateFQDN. */
export function hostNameProblem(name: string): string | undefined {
  if (name.length <= ordinaryLength && ordinary.test(name)) return undefined;
  return sizeProblem(name) ?? labelsProblem(name, 0);
}

/** Like {@link hostNameProblem}, for a name whose first label may begin with a wildcard. */
export function wildcardHostNameProblem(name: string): string | undefined {
  if (name.length <= ordinaryLength && ordinaryWithWildcard.test(name)) return undefined;
  const size = sizeProblem(name);
  if (size !== undefined) return size;
  const dot = name.indexOf('.');
  const first = dot < 0 ? name : name.slice(0, dot);
  if (!isWildcardDnsLabel(first)) return labelProblem(name, first);
  return dot < 0 ? undefined : labelsProblem(name, dot + 1);
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

/** Of the labels of a name from an offset on. */
function labelsProblem(name: string, start: number): string | undefined {
  if (endsInNumber(name, start)) {
    return `Host name "${name}" ends in a number; use a DNS name here, not an IP address.`;
  }
  // A trailing dot, as in `istio.io.`, makes the name unambiguous.
  if (areDnsLabels(name, start)) return undefined;
  const labels = name.slice(start).split('.');
  return labelProblem(name, labels.find((label) => !isDnsLabel(label)) ?? '');
}

function labelProblem(name: string, label: string): string {
  return `Host name "${name}" has the invalid label "${label}"; a label consists of letters, digits and dashes, and a wildcard can only stand first.`;
}

/** Whether the last label is a number as Go's strconv.Atoi reads it: what does not fit into 64 bits is none. */
function endsInNumber(name: string, start: number): boolean {
  const last = name.charCodeAt(name.length - 1);
  if (!(last >= 0x30 && last <= 0x39)) return false;
  const label = name.slice(Math.max(start, name.lastIndexOf('.') + 1));
  return /^[0-9]+$/.test(label) && BigInt(label) <= 0x7fffffffffffffffn;
}

function generatedSniProblem(name: string): string | undefined {
  const parts = name.split('_');
  const port = parts[1] ?? '';
  const host = parts[3];
  if (host !== undefined && /[0-9]/.test(port) && /[a-zA-Z]/.test(host)) return undefined;
  return `Server name "${name}" must have the form outbound_.PORT_._.HOST.`;
}
