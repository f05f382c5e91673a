import type { Proxy } from '../model/proxy.ts';

/** What tells proxies of one kind apart. */
const personalFields = ['name', 'namespace', 'ips', 'labels', 'locality', 'serviceAccount', 'dnsDomain'] as const;
/** Keys of the node metadata that the injector fills from the pod. */
const personalMetadata = [
  'NAME',
  'NAMESPACE',
  'LABELS',
  'SERVICE_ACCOUNT',
  'WORKLOAD_NAME',
  'OWNER',
  'INSTANCE_IPS',
  'NODE_NAME',
  'POD_PORTS',
  'APP_CONTAINERS',
] as const;

/** A set of personal traits: a bit for each field, then one for each key. */
export type Traits = number;

const bitOfField = (index: number): Traits => 1 << index;
const bitOfKey = (index: number): Traits => 1 << (personalFields.length + index);

/** The proxy, telling which of its personal traits are looked at. */
export function watchTraits(proxy: Proxy, note: (traits: Traits) => void): Proxy {
  const metadata = watch(proxy.metadata, personalMetadata, (index) => note(bitOfKey(index)));
  return watch({ ...proxy, metadata }, personalFields, (index) => note(bitOfField(index)));
}

function watch<T extends object>(object: T, keys: readonly string[], note: (index: number) => void): T {
  const watched = { ...object };
  for (const [index, key] of keys.entries()) {
    const value = (object as Readonly<Record<string, unknown>>)[key];
    const get = (): unknown => {
      note(index);
      return value;
    };
    // That something is not there can be noticed, too.
    Object.defineProperty(watched, key, { get, enumerable: Object.hasOwn(object, key), configurable: true });
  }
  return watched;
}

export function differingTraits(left: Proxy, right: Proxy): Traits {
  let traits = 0;
  for (const [index, field] of personalFields.entries()) {
    if (!saySame(left[field], right[field])) traits |= bitOfField(index);
  }
  for (const [index, key] of personalMetadata.entries()) {
    if (!saySame(left.metadata[key], right.metadata[key])) traits |= bitOfKey(index);
  }
  return traits;
}

function saySame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

/** All that proxies of one kind have in common. */
export function kindOf(proxy: Proxy): string {
  return JSON.stringify({ ...without(proxy, personalFields), metadata: without(proxy.metadata, personalMetadata) });
}

function without(object: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
