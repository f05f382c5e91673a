import { parseDocument } from 'yaml';
import type { Scenario } from '../../../../src/index.ts';

/** What the form shows of a scenario; the editor below it holds the rest. */
export interface ScenarioFields {
  readonly type: string;
  readonly namespace: string;
  /** `app=checkout, version=v1` */
  readonly labels: string;
  readonly locality: string;
  readonly dnsCapture: boolean;
  readonly registryOnly: boolean;
  readonly autoAllocate: boolean;
}

export function fieldsOf({ proxy = {}, meshConfig = {}, features = {} }: Scenario): ScenarioFields {
  const policy = (meshConfig as { readonly outboundTrafficPolicy?: { readonly mode?: string } }).outboundTrafficPolicy;
  return {
    type: proxy.type ?? 'sidecar',
    namespace: proxy.namespace ?? '',
    labels: Object.entries(proxy.labels ?? {})
      .map(([name, value]) => `${name}=${value}`)
      .join(', '),
    locality: proxy.locality ?? '',
    dnsCapture: proxy.metadata?.['DNS_CAPTURE'] === 'true',
    registryOnly: policy?.mode === 'REGISTRY_ONLY',
    autoAllocate: features['PILOT_ENABLE_IP_AUTOALLOCATE'] !== 'false',
  };
}

/** Where each field stands, and how it is written; undefined stands for the default, which is left out. */
const places: {
  readonly [F in keyof ScenarioFields]: {
    readonly path: readonly string[];
    readonly write: (value: ScenarioFields[F]) => unknown;
  };
} = {
  type: { path: ['proxy', 'type'], write: (type) => (type === 'sidecar' ? undefined : type) },
  namespace: { path: ['proxy', 'namespace'], write: (namespace) => namespace.trim() || undefined },
  labels: { path: ['proxy', 'labels'], write: readLabels },
  locality: { path: ['proxy', 'locality'], write: (locality) => locality.trim() || undefined },
  dnsCapture: { path: ['proxy', 'metadata', 'DNS_CAPTURE'], write: (on) => (on ? 'true' : undefined) },
  registryOnly: {
    path: ['meshConfig', 'outboundTrafficPolicy', 'mode'],
    write: (on) => (on ? 'REGISTRY_ONLY' : undefined),
  },
  autoAllocate: { path: ['features', 'PILOT_ENABLE_IP_AUTOALLOCATE'], write: (on) => (on ? undefined : 'false') },
};

/** Changes one field in the scenario's text and keeps everything else, comments too. */
export function changeField<F extends keyof ScenarioFields>(text: string, field: F, value: ScenarioFields[F]): string {
  const { path, write } = places[field];
  return changeText(text, path, write(value));
}

export function changeText(text: string, path: readonly string[], value: unknown): string {
  const document = parseDocument(text.trim() === '' ? '{}' : text);
  if (text.trim() === '') document.contents = document.createNode({}) as never;
  if (value !== undefined) document.setIn(path, document.createNode(value));
  else deleteWithEmptyParents(document, path);
  const written = document.toString();
  return written.trim() === '{}' ? '' : written;
}

function deleteWithEmptyParents(document: ReturnType<typeof parseDocument>, path: readonly string[]): void {
  if (!document.hasIn(path)) return;
  document.deleteIn(path);
  for (let length = path.length - 1; length > 0; length--) {
    const parent: unknown = document.getIn(path.slice(0, length));
    if ((parent as { readonly items?: readonly unknown[] } | undefined)?.items?.length !== 0) return;
    document.deleteIn(path.slice(0, length));
  }
}

function readLabels(text: string): Record<string, string> | undefined {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim().split('='))
    .filter(([name]) => name !== undefined && name !== '')
    .map(([name = '', ...value]) => [name.trim(), value.join('=').trim()] as const);
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}
