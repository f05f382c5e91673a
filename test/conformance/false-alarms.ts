import type { Analyzed, LintedCase } from './linted-cases.ts';

/** A kind of finding of `istioctl analyze` that what istiod sent shows to be wrong. */
export interface FalseAlarm {
  readonly title: string;
  readonly code: string;
  /** Whether the recording of the case proves it for this finding. */
  readonly proves: (recorded: LintedCase, finding: Analyzed) => boolean;
}

export const falseAlarms: readonly FalseAlarm[] = [
  {
    title:
      'addresses required, but no listener on all addresses leads to the entry: it has a virtual IP, or another owner',
    code: 'IST0134',
    proves: ({ answer, text }, { resource }) => {
      const hosts = hostsOf(text, resource);
      return !(answer.listeners ?? []).some(
        (listener) =>
          /^(0\.0\.0\.0|::)_/.test(listener.name) &&
          hosts.some((host) => referencedClusters(listener).some((cluster) => cluster.endsWith(`||${host}`))),
      );
    },
  },
  {
    title:
      'subset not found, but istiod sends its cluster: a DestinationRule of another namespace, or of a wildcard, gives it',
    code: 'IST0101',
    proves: ({ answer, text }, { line }) => {
      const [host, subset] = destinationAt(text, line);
      return (answer.clusters ?? []).some(({ name }) => name.endsWith(`|${subset}|${host}`) && subset !== undefined);
    },
  },
  {
    title: 'host not served by the gateway, but the gateway has a route made from the VirtualService',
    code: 'IST0132',
    proves: ({ answer }, { resource }) => {
      const name = resource.split(/[ /]/).at(-1);
      return JSON.stringify(answer.routes ?? []).includes(`/virtual-service/${name}"`);
    },
  },
  {
    title: 'hosts in conflict with each other, but the VirtualService is refused for it',
    code: 'IST0109',
    proves: ({ answer }, { resource }) =>
      (answer.rejected ?? []).some(({ kind, name }) => resource === `${kind} ${name}`),
  },
];

const referencedClusters = (listener: object): readonly string[] =>
  JSON.stringify(listener).match(/outbound\|\d+\|[^|"]*\|[^"]+/g) ?? [];

/** The manifests were written by one program: what is looked for stands on lines of its own. */
function hostsOf(text: string, resource: string): readonly string[] {
  const [kind, place = ''] = resource.split(' ');
  const [namespace, name] = place.includes('/') ? place.split('/') : [undefined, place];
  const document = text
    .split(/^---$/m)
    .find(
      (one) =>
        one.includes(`kind: ${kind}\n`) &&
        new RegExp(`^ {2}name: ${name}$`, 'm').test(one) &&
        (namespace === undefined || namespace === 'default' || one.includes(`namespace: ${namespace}\n`)),
    );
  const list = /^ {2}hosts:\n((?: {2}- .*\n)+)/m.exec(document ?? '')?.[1] ?? '';
  return [...list.matchAll(/- ['"]?([^'"\n]+)/g)].map(([, host = '']) => host);
}

/** Host and subset of the destination whose host stands on a line. */
function destinationAt(text: string, line: number): readonly [string | undefined, string | undefined] {
  const lines = text.split('\n');
  const host = /host: ['"]?([^'"]+)/.exec(lines[line - 1] ?? '')?.[1];
  const indent = /^ */.exec(lines[line - 1] ?? '')?.[0].length ?? 0;
  for (const next of lines.slice(line)) {
    if ((/^ */.exec(next)?.[0].length ?? 0) < indent) break;
    const subset = /^ *subset: ['"]?([^'"]+)/.exec(next)?.[1];
    if (subset) return [host, subset];
  }
  return [host, undefined];
}
