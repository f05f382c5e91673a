import { isIpAddress } from '../../model/ip-address.ts';
import type { Field } from '../field.ts';
import { isDnsLabel } from './dns-label.ts';
import { partialWildcardProblem, wildcardHostNameProblem } from './host-name.ts';

/** A Sidecar's egress host: `namespace/host`, where the namespace may be `*`, `.` or `~`. */
export function validateSidecarHost(entry: string, field: Field, excludesNamespaces: boolean): void {
  const parts = splitEntry(entry);
  if (parts === undefined) {
    field.refuse(`"${entry}" must have the form NAMESPACE/HOST; "./*" stands for all hosts of this namespace.`);
    return;
  }
  const { namespace, host } = parts;
  if (!isSidecarNamespace(namespace, excludesNamespaces)) field.refuse(namespaceProblem(namespace));
  validateFullHost(host, field);
  field.refuseIf(wildcardHostNameProblem(host));
}

/** `~` alone stands for no namespace; where `~namespace` takes a namespace out, what follows is as without it. */
function isSidecarNamespace(namespace: string, excludesNamespaces: boolean): boolean {
  if (namespace === '~') return true;
  const name = excludesNamespaces && namespace.startsWith('~') ? namespace.slice(1) : namespace;
  return name === '*' || name === '.' || isDnsLabel(name);
}

/** A Gateway's host: `host`, or `namespace/host`, where the namespace may be `*` or `.`. */
export function validateGatewayHost(entry: string, field: Field, isFromGatewayApi: boolean): void {
  const { namespace, host } = splitEntry(entry) ?? { namespace: '.', host: entry };
  const isAny = namespace === '*' || namespace === '.' || (namespace === '~' && isFromGatewayApi);
  if (!isAny && !isDnsLabel(namespace)) field.refuse(namespaceProblem(namespace));
  validateFullHost(host, field);
  if (!isIpAddress(host)) field.refuseIf(wildcardHostNameProblem(host));
}

function splitEntry(entry: string): { readonly namespace: string; readonly host: string } | undefined {
  const slash = entry.indexOf('/');
  return slash < 0 ? undefined : { namespace: entry.slice(0, slash), host: entry.slice(slash + 1) };
}

function namespaceProblem(namespace: string): string {
  return `"${namespace}" is not the name of a namespace, and neither "*" nor ".".`;
}

function validateFullHost(host: string, field: Field): void {
  if (host !== '*' && !host.includes('.')) field.refuse(`"${host}" is a short name; write the full host name.`);
  field.refuseIf(partialWildcardProblem(host));
}
