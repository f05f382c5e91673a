import { createDictionary } from '../../model/dictionary.ts';
import { type ResourceOf, resourceKey } from '../../model/resource.ts';
import type { Allocation } from '../mesh.ts';

/** A ServiceEntry, and the addresses that istiod gives its hosts. */
export interface AddressedEntry {
  readonly entry: ResourceOf<'ServiceEntry'>;
  /** Those that get any, each once. */
  readonly hosts: readonly string[];
  /** Of each of the hosts, IPv4 first. */
  readonly addresses: readonly (readonly string[])[];
}

const none: readonly never[] = [];

export function unaddressed(entry: AddressedEntry['entry']): AddressedEntry {
  return { entry, hosts: none, addresses: none };
}

/** The addresses by entry and host. */
export function describeAllocation(entries: readonly AddressedEntry[]): Allocation {
  const allocation = createDictionary<Allocation[string]>();
  for (const { entry, hosts, addresses } of entries) {
    if (hosts.length === 0) continue;
    const byHost = createDictionary<readonly string[]>();
    for (const [index, host] of hosts.entries()) byHost[host] = addresses[index] ?? none;
    allocation[resourceKey(entry.metadata)] = byHost;
  }
  return allocation;
}
