import { type Field, forEachEntry } from '../field.ts';

const dnsLabel = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?';
const qualifiedName = '(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelKey = new RegExp(`^(${dnsLabel}(?:\\.${dnsLabel})*/)?(${qualifiedName})$`);
const labelValue = new RegExp(`^(?:${qualifiedName})?$`);
const longestPrefix = 253;
const longestName = 63;

/** Checks labels as Kubernetes defines them; values may have any length. Source: istio `pkg/config/labels/instance.go`. */
export function validateLabels(labels: Readonly<Record<string, string>> | undefined, field: Field): void {
  forEachEntry(labels, field, (key, value, entry) => {
    entry.refuseIf(labelKeyProblem(key));
    if (!labelValue.test(value)) {
      entry.refuse(
        `Label value "${value}" may only consist of letters, digits and inner dashes, dots and underscores.`,
      );
    }
  });
}

function labelKeyProblem(key: string): string | undefined {
  const match = labelKey.exec(key);
  if (match === null) {
    return `Label name "${key}" must be letters, digits and inner dashes, dots and underscores, optionally after a DNS name and a slash.`;
  }
  const [, prefix = '', name = ''] = match;
  if (prefix.length - 1 > longestPrefix)
    return `The DNS name in label name "${key}" is longer than ${longestPrefix} characters.`;
  if (name.length > longestName) return `Label name "${key}" is longer than ${longestName} characters.`;
  return undefined;
}
