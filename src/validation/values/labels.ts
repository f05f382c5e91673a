import { type Field, forEachEntry } from '../field.ts';

const dnsLabel = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?';
const qualifiedName = '(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const prefixes = new RegExp(`^${dnsLabel}(?:\\.${dnsLabel})*$`);
const names = new RegExp(`^${qualifiedName}$`);
const longestPrefix = 253;
const longestName = 63;

/** Checks labels as Kubernetes defines them; values may have any length. Source: istio `pkg/config/labels/instance.go`. */
export function validateLabels(labels: Readonly<Record<string, string>> | undefined, field: Field): void {
  forEachEntry(labels, field, (key, value, entry) => {
    entry.refuseIf(labelKeyProblem(key));
    if (value !== '' && !names.test(value)) {
      entry.refuse(
        `Label value "${value}" may only consist of letters, digits and inner dashes, dots and underscores.`,
      );
    }
  });
}

function labelKeyProblem(key: string): string | undefined {
  const slash = key.indexOf('/');
  if ((slash >= 0 && !prefixes.test(key.slice(0, slash))) || !names.test(key.slice(slash + 1))) {
    return `Label name "${key}" must be letters, digits and inner dashes, dots and underscores, optionally after a DNS name and a slash.`;
  }
  if (slash > longestPrefix) return `The DNS name in label name "${key}" is longer than ${longestPrefix} characters.`;
  if (key.length - slash - 1 > longestName) return `Label name "${key}" is longer than ${longestName} characters.`;
  return undefined;
}
