import type { Proxy } from '../../model/proxy.ts';
import type { Service } from '../../model/service.ts';

/** The one that looks hosts up, in its domain. */
type Client = Pick<Proxy, 'dnsDomain'>;

export interface DomainOptions {
  readonly proxy: Client;
  readonly hostname: string;
  /** Adds each name with the port, too; for ports of their own, Envoy ignores the port in the Host header. */
  readonly withPort: number | undefined;
}

/**
 * The names that requests for a service may carry in their Host header: host name and aliases, each with the short forms
 * that Kubernetes' DNS search would complete, then the addresses at which the proxy knows the service.
 * Source: istio `pilot/pkg/networking/core/httproute.go`, generateVirtualHostDomains.
 */
export function buildServiceDomains(
  service: Service,
  addresses: readonly string[],
  { hostname, proxy, withPort }: DomainOptions,
): readonly string[] {
  let hosts = hostForms(hostname, proxy);
  if (service.aliases.length > 0) {
    hosts = hosts.concat(service.aliases.flatMap((alias) => hostForms(alias.hostname, proxy)));
  }
  if (isHeadless(service)) hosts = hosts.concat(hosts.map((name) => `*.${name}`));
  if (addresses.length > 0) hosts = hosts.concat(addresses.map(bracketed));
  return withPort === undefined ? hosts : hosts.flatMap((host) => [host, `${host}:${withPort}`]);
}

/** Whether a domain of the service was derived from a longer name: a service that is really called so takes precedence. */
export function isDerived(domain: string, { aliases }: Service, { hostname, proxy, withPort }: DomainOptions): boolean {
  const derives = (name: string): boolean =>
    alternativeHosts(name, proxy).some((host) => host === domain || `${host}:${withPort}` === domain);
  return (domain !== hostname && derives(hostname)) || aliases.some((alias) => derives(alias.hostname));
}

/** `host:port`, with IPv6 addresses in brackets. */
export function hostAndPort(host: string, port: number): string {
  return `${bracketed(host)}:${port}`;
}

/** An IPv6 address in a Host header stands in brackets. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** The pods of a headless service have names below its own. */
function isHeadless({ resolution, registry }: Service): boolean {
  return resolution === 'passthrough' && registry === 'Kubernetes';
}

/** A host name with the shorter and longer names that mean the same. */
export function hostForms(hostname: string, proxy: Client): readonly string[] {
  if (isAddress(hostname)) return [bracketed(hostname)];
  if (hostname.indexOf('.svc.') <= 0) return [hostname, `${hostname}.`];
  return [hostname, ...alternativeHosts(hostname, proxy)];
}

const none: readonly string[] = [];

/**
 * The name with the dot that ends an absolute one, and for Kubernetes services the forms that leave out what the
 * proxy's search domains add: the namespace only within the same one. Other hosts get no short forms: they could hide
 * a Kubernetes service.
 */
function alternativeHosts(hostname: string, proxy: Client): readonly string[] {
  const absolute = isAddress(hostname) ? none : [`${hostname}.`];
  const end = hostname.indexOf('.svc.');
  if (end <= 0) return absolute;
  const { dnsDomain } = proxy;
  const namespaceEnd = dnsDomain.indexOf('.svc.');
  const proxyNamespace = namespaceEnd < 0 ? dnsDomain : dnsDomain.slice(0, namespaceEnd);
  if (!hostname.endsWith(dnsDomain.slice(proxyNamespace.length))) return absolute;
  const dot = hostname.indexOf('.');
  if (dot + 1 > end) return absolute;
  const qualified = hostname.slice(0, end);
  const inSameNamespace = hostname.slice(dot + 1, end) === proxyNamespace;
  return inSameNamespace
    ? [...absolute, hostname.slice(0, dot), `${qualified}.svc`, qualified]
    : [...absolute, qualified, `${qualified}.svc`];
}

function isAddress(hostname: string): boolean {
  return hostname.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(hostname);
}
