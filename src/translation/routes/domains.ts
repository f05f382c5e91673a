import type { Proxy } from '../../model/proxy.ts';
import type { Service } from '../../model/service.ts';

/** The names that requests for a service may carry in their Host header. */
export interface Domains {
  readonly all: readonly string[];
  /** Those that were derived from a longer name: a service that is really called so takes precedence. */
  readonly derived: ReadonlySet<string>;
}

export interface DomainOptions {
  readonly dnsDomain: Proxy['dnsDomain'];
  /** Adds each name with the port, too; for ports of their own, Envoy ignores the port in the Host header. */
  readonly withPort?: number;
  /** The addresses at which the proxy knows the service. */
  readonly addresses: readonly string[];
}

/**
 * Host name and aliases, each with the short forms that Kubernetes' DNS search would complete, then the addresses.
 * Source: istio `pilot/pkg/networking/core/httproute.go`, generateVirtualHostDomains.
 */
export function buildServiceDomains(service: Service, { dnsDomain, withPort, addresses }: DomainOptions): Domains {
  const names: string[] = [];
  const derived = new Set<string>();
  for (const hostname of namesOf(service)) {
    const alternatives = alternativeHosts(hostname, dnsDomain);
    names.push(bracketed(hostname), ...variants(hostname, withPort));
    for (const alternative of alternatives) {
      const domains = [alternative, ...variants(alternative, withPort)];
      names.push(...domains);
      for (const domain of domains) derived.add(domain);
    }
  }
  const endpoints = isHeadless(service) ? names.map((name) => `*.${name}`) : [];
  const known = addresses.filter((address) => address !== '' && address !== '0.0.0.0');
  const literals = known.flatMap((address) => [bracketed(address), ...variants(address, withPort)]);
  return { all: [...names, ...endpoints, ...literals], derived };
}

/** `host:port`, with IPv6 addresses in brackets. */
export function hostAndPort(host: string, port: number): string {
  return `${bracketed(host)}:${port}`;
}

/** An IPv6 address in a Host header stands in brackets. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function namesOf({ hostname, aliases }: Service): readonly string[] {
  return [hostname, ...aliases.map((alias) => alias.hostname)];
}

function variants(host: string, port: number | undefined): readonly string[] {
  return port === undefined ? [] : [hostAndPort(host, port)];
}

/** The pods of a headless service have names below its own. */
function isHeadless({ resolution, registry }: Service): boolean {
  return resolution === 'passthrough' && registry === 'Kubernetes';
}

/**
 * The name with the dot that ends an absolute one, and for Kubernetes services the forms that leave out what the
 * proxy's search domains add: the namespace only within the same one. Other hosts get no short forms: they could hide
 * a Kubernetes service.
 */
export function alternativeHosts(hostname: string, dnsDomain: string): readonly string[] {
  const absolute = isAddress(hostname) ? [] : [`${hostname}.`];
  const [proxyNamespace = ''] = dnsDomain.split('.svc.');
  if (!hostname.endsWith(dnsDomain.slice(proxyNamespace.length))) return absolute;
  const end = hostname.indexOf('.svc.');
  const dot = hostname.indexOf('.');
  if (end <= 0 || dot + 1 > end) return absolute;
  const qualified = hostname.slice(0, end);
  const inSameNamespace = hostname.slice(dot + 1, end) === proxyNamespace;
  return inSameNamespace
    ? [...absolute, hostname.slice(0, dot), `${qualified}.svc`, qualified]
    : [...absolute, qualified, `${qualified}.svc`];
}

function isAddress(hostname: string): boolean {
  return hostname.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(hostname);
}
