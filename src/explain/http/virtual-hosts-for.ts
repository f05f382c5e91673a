import { oncePer } from '../../model/once-per.ts';
import type { VirtualHost } from '../../xds/types.ts';

export type Specificity = 'exact' | 'suffix' | 'prefix' | 'any';

/** A virtual host that takes a host, and the domain by which it does. */
export interface Claim {
  readonly virtualHost: VirtualHost;
  readonly domain: string;
  readonly specificity: Specificity;
  /** Of the virtual host, among all. */
  readonly position: number;
}

/** The claims to a host, in lower case: the most specific domains first, among equals in the order of virtual hosts. */
export function claimsTo(virtualHosts: readonly VirtualHost[], host: string): readonly Claim[] {
  const { exact, suffix, prefix, any } = domainsOf(virtualHosts);
  // The wildcard stands for at least one character.
  const ends = suffix.lengths.map((length) => (length < host.length ? host.slice(host.length - length) : undefined));
  const starts = prefix.lengths.map((length) => (length < host.length ? host.slice(0, length) : undefined));
  return [
    ...(exact.get(host) ?? []),
    ...ends.flatMap((end) => (end !== undefined && suffix.claims.get(end)) || []),
    ...starts.flatMap((start) => (start !== undefined && prefix.claims.get(start)) || []),
    ...any,
  ];
}

type Claims = Map<string, Claim[]>;

/** As Envoy keeps them: a route configuration can have thousands of virtual hosts, and few of them claim one host. */
const domainsOf = oncePer((virtualHosts: readonly VirtualHost[]) => {
  const exact: Claims = new Map();
  const suffix: Claims = new Map();
  const prefix: Claims = new Map();
  const any: Claim[] = [];
  for (const [position, virtualHost] of virtualHosts.entries()) {
    for (const domain of virtualHost.domains) {
      const name = domain.toLowerCase();
      if (name === '*') any.push({ virtualHost, domain, specificity: 'any', position });
      else if (name.startsWith('*'))
        add(suffix, name.slice(1), { virtualHost, domain, specificity: 'suffix', position });
      else if (name.endsWith('*'))
        add(prefix, name.slice(0, -1), { virtualHost, domain, specificity: 'prefix', position });
      else add(exact, name, { virtualHost, domain, specificity: 'exact', position });
    }
  }
  return { exact, suffix: withLengths(suffix), prefix: withLengths(prefix), any };
});

function add(claims: Claims, key: string, claim: Claim): void {
  const same = claims.get(key);
  if (same) same.push(claim);
  else claims.set(key, [claim]);
}

/** The lengths that there are, the longest first. */
function withLengths(claims: Claims): { readonly claims: Claims; readonly lengths: readonly number[] } {
  const lengths = new Set([...claims.keys()].map((key) => key.length));
  return { claims, lengths: [...lengths].sort((left, right) => right - left) };
}
