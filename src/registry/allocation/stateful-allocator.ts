import type { Report } from '../../model/diagnostic.ts';
import { createDictionary } from '../../model/dictionary.ts';
import { isWildcard } from '../../model/hostname.ts';
import { isIpAddress } from '../../model/ip-address.ts';
import { parsePrefix } from '../../model/ip-prefix.ts';
import { type ResourceOf, referenceOf, resourceKey } from '../../model/resource.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { Allocation, HostAddresses, MeshSettings } from '../mesh.ts';
import { compareText } from '../order.ts';
import { AddressPool } from './address-pool.ts';
import { ipv4Range, ipv6Range } from './address-range.ts';
import { isEligible } from './is-eligible.ts';

type Entry = ResourceOf<'ServiceEntry'>;
type AddressesByHost = ReadonlyMap<string, readonly string[]>;

/**
 * Gives each host of the eligible entries the next free address of each family, and keeps those that the entries'
 * status already has. Wildcards get some only where Envoy can tell later what was meant (DYNAMIC_DNS).
 *
 * Entries count in the order of their creation, then namespace and name.
 * Source: istio `pilot/pkg/controllers/ipallocate/ipallocate.go`.
 */
export function allocateAddresses(entries: readonly Entry[], { profile }: MeshSettings, report: Report): Allocation {
  const allocator = new Allocator(report, profile);
  const ordered = entries.toSorted(
    ({ metadata: left }, { metadata: right }) =>
      left.creationTime - right.creationTime ||
      compareText(left.namespace, right.namespace) ||
      compareText(left.name, right.name),
  );
  for (const entry of ordered) allocator.claimKnown(entry);
  for (const entry of ordered) allocator.reconcile(entry);
  allocator.resolveConflicts(ordered);
  return allocator.allocated;
}

/** All that allocation asks of an entry: the addresses of others depend on nothing else that it says. */
export function describeClaim(entry: Entry): string {
  const { metadata, spec, status } = entry;
  const { namespace, name, creationTime } = metadata;
  const hosts = isEligible(entry) && hostsWithAddress(entry);
  return JSON.stringify([creationTime, namespace, name, hosts, spec.addresses, status.addresses]);
}

function hostsWithAddress({ spec: { hosts = [], resolution } }: Entry): readonly string[] {
  return hosts.filter((host) => !isWildcard(host) || resolution === 'DYNAMIC_DNS');
}

class Allocator {
  readonly allocated = createDictionary<HostAddresses>();
  readonly #report: Report;
  readonly #profile: Profile;
  readonly #pools = [new AddressPool<Entry>(ipv4Range), new AddressPool<Entry>(ipv6Range)] as const;
  readonly #conflicts = new Set<Entry>();
  readonly #reportedFull = new Set<AddressPool<Entry>>();

  constructor(report: Report, profile: Profile) {
    this.#report = report;
    this.#profile = profile;
  }

  /** What users gave themselves and what entries already have is never given to anybody else. */
  claimKnown(entry: Entry): void {
    for (const address of entry.spec.addresses ?? []) this.#claim(address, entry);
    for (const addresses of statusAddresses(entry).values()) {
      for (const address of addresses) if (!this.#claim(address, entry)) this.#conflicts.add(entry);
    }
  }

  reconcile(entry: Entry): void {
    const known = statusAddresses(entry);
    if (isEligible(entry)) {
      this.#assign(entry, known);
      return;
    }
    if (!this.#profile.freesStaleAddresses) return;
    for (const addresses of known.values()) {
      for (const address of addresses) for (const pool of this.#pools) pool.free(address, entry);
    }
  }

  /** Of entries that have one address, the oldest keeps it; the others get new ones for all their hosts. */
  resolveConflicts(ordered: readonly Entry[]): void {
    if (this.#conflicts.size === 0) return;
    for (const entry of ordered) {
      if (this.#conflicts.has(entry) && Object.hasOwn(this.allocated, resourceKey(entry.metadata))) {
        this.#assign(entry, nothing);
      }
    }
  }

  #claim(address: string, owner: Entry): boolean {
    return this.#pools.every((pool) => pool.claim(address, owner));
  }

  #assign(entry: Entry, known: AddressesByHost): void {
    const hosts = hostsWithAddress(entry);
    if (hosts.length === 0) return;
    const addresses = createDictionary<readonly string[]>();
    for (const host of hosts) {
      if (!Object.hasOwn(addresses, host)) addresses[host] = known.get(host) ?? this.#allocate(entry, host);
    }
    this.allocated[resourceKey(entry.metadata)] = addresses;
  }

  #allocate(entry: Entry, host: string): readonly string[] {
    const addresses: string[] = [];
    for (const pool of this.#pools) {
      const address = pool.allocate(entry);
      if (address === undefined) this.#reportFull(pool, entry, host);
      else addresses.push(address);
    }
    return addresses;
  }

  #reportFull(pool: AddressPool<Entry>, entry: Entry, host: string): void {
    if (this.#reportedFull.has(pool)) return;
    this.#reportedFull.add(pool);
    this.#report({
      code: 'vip-range-exhausted',
      severity: 'warning',
      message: `All addresses of ${pool.text} are taken: "${host}" and the hosts after it get none of that family.`,
      resource: referenceOf(entry),
      path: 'spec.hosts',
    });
  }
}

/** What cannot be read as an address is passed over. */
function statusAddresses({ status }: Entry): AddressesByHost {
  if (!status.addresses?.length) return nothing;
  const byHost = new Map<string, string[]>();
  for (const { host = '', value = '' } of status.addresses) {
    if (!isIpAddress(value)) continue;
    const address = parsePrefix(value)?.address ?? value;
    const others = byHost.get(host);
    if (others) others.push(address);
    else byHost.set(host, [address]);
  }
  return byHost;
}

const nothing: AddressesByHost = new Map();
