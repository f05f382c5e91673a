import type { Report } from '../../model/diagnostic.ts';
import { isWildcard } from '../../model/hostname.ts';
import { isIpAddress } from '../../model/ip-address.ts';
import { parsePrefix } from '../../model/ip-prefix.ts';
import type { Chained, Link, Memory } from '../../model/memory.ts';
import { type ResourceOf, referenceOf } from '../../model/resource.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { MeshSettings } from '../mesh.ts';
import { compareText } from '../order.ts';
import { ipv4Range, ipv6Range } from './address-range.ts';
import { AddressSupply } from './address-supply.ts';
import { type AddressedEntry, unaddressed } from './addressed-entry.ts';
import { isEligible } from './is-eligible.ts';

type Entry = ResourceOf<'ServiceEntry'>;
type Supply = AddressSupply<Entry>;
type AddressesByHost = ReadonlyMap<string, readonly string[]>;

/** An entry with its addresses, and what is left for those that come after it. */
type Served = Link<AddressedEntry, Supply>;

export interface AllocationContext {
  readonly settings: Pick<MeshSettings, 'profile'>;
  readonly report: Report;
  readonly memory: Memory;
}

/** What users gave themselves and what entries already have is never given to anybody else. */
interface Claims {
  /** What nobody claims. */
  readonly supply: Supply;
  /** Entries that have an address which is somebody else's. */
  readonly conflicts: ReadonlySet<Entry>;
}

/**
 * Gives each host of the eligible entries the next free address of each family, and keeps those that the entries'
 * status already has. Wildcards get some only where Envoy can tell later what was meant (DYNAMIC_DNS).
 *
 * Entries count in the order of their creation, then namespace and name.
 * Source: istio `pilot/pkg/controllers/ipallocate/ipallocate.go`.
 */
export function allocateAddresses(
  entries: readonly Entry[],
  { settings, report, memory }: AllocationContext,
): readonly AddressedEntry[] {
  const ordered = memory.sort('entries by age', entries, compareByAge);
  const claiming = memory.collect('entries that claim addresses', ordered, (all: Entry[], entry) => {
    if (mayClaim(entry)) all.push(entry);
  });
  const claims = memory.once('claims', [claiming], () => claimAll(claiming));
  const served = memory.chain<Entry, AddressedEntry, Supply>('addressed entries', ordered, {
    begin: claims.supply,
    next: (entry, supply) => serve(entry, supply, settings.profile),
    isSameState: (one, other) => one.isLike(other),
    isSameValue: haveSameAddresses,
  });
  const { values, state } = memory.once('entries without conflicts', [served], () => resolveConflicts(served, claims));
  reportShortages(state, report);
  return values;
}

const ranges = { ipv4: ipv4Range, ipv6: ipv6Range };

function compareByAge({ metadata: left }: Entry, { metadata: right }: Entry): number {
  return (
    left.creationTime - right.creationTime ||
    compareText(left.namespace, right.namespace) ||
    compareText(left.name, right.name)
  );
}

function mayClaim({ spec, status }: Entry): boolean {
  if (status.addresses?.length) return true;
  return spec.addresses?.some((address) => ipv4Range.find(address) || ipv6Range.find(address)) ?? false;
}

function claimAll(entries: readonly Entry[]): Claims {
  const owners = new Map<string, Entry>();
  const conflicts = new Set<Entry>();
  /** The first to claim an address keeps it. Addresses of other ranges are nobody's. */
  const claim = (text: string, entry: Entry): boolean => {
    const found = ipv4Range.find(text) ?? ipv6Range.find(text);
    if (!found) return true;
    const owner = owners.get(found.address);
    if (!owner) owners.set(found.address, entry);
    return !owner || owner === entry;
  };
  for (const entry of entries) {
    for (const address of entry.spec.addresses ?? []) claim(address, entry);
    for (const addresses of statusAddresses(entry).values()) {
      for (const address of addresses) if (!claim(address, entry)) conflicts.add(entry);
    }
  }
  return { supply: new AddressSupply(ranges, owners), conflicts };
}

function serve(entry: Entry, supply: Supply, profile: Profile): Served {
  if (isEligible(entry)) return assign(entry, supply, statusAddresses(entry));
  if (!entry.status.addresses?.length || !profile.freesStaleAddresses)
    return { value: unaddressed(entry), state: supply };
  const state = supply.copy();
  for (const addresses of statusAddresses(entry).values()) {
    for (const address of addresses) state.free(address, entry);
  }
  return { value: unaddressed(entry), state };
}

function assign(entry: Entry, supply: Supply, known: AddressesByHost): Served {
  const hosts = hostsWithAddress(entry);
  if (hosts.length === 0) return { value: unaddressed(entry), state: supply };
  const state = supply.copy();
  const addresses = hosts.map((host) => known.get(host) ?? state.take(entry, host));
  return { value: { entry, hosts, addresses }, state };
}

/** Each once. */
function hostsWithAddress({ spec: { hosts = [], resolution } }: Entry): readonly string[] {
  const usable = resolution === 'DYNAMIC_DNS' || !hosts.some(isWildcard) ? hosts : hosts.filter((h) => !isWildcard(h));
  return usable.length < 2 ? usable : [...new Set(usable)];
}

/** Of entries that have one address, the oldest keeps it; the others get new ones for all their hosts. */
function resolveConflicts(
  served: Chained<AddressedEntry, Supply>,
  { conflicts }: Claims,
): Chained<AddressedEntry, Supply> {
  if (conflicts.size === 0) return served;
  let { state } = served;
  const values = served.values.map((one) => {
    if (!conflicts.has(one.entry) || one.hosts.length === 0) return one;
    const again = assign(one.entry, state, nothing);
    state = again.state;
    return again.value;
  });
  return { values, state };
}

function haveSameAddresses(one: AddressedEntry, other: AddressedEntry): boolean {
  return (
    one.hosts.length === other.hosts.length && one.addresses.every((list, at) => isSameText(list, other.addresses[at]))
  );
}

function isSameText(one: readonly string[], other: readonly string[] = []): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

function reportShortages({ shortages }: Supply, report: Report): void {
  for (const { range, owner, host } of shortages) {
    report({
      code: 'vip-range-exhausted',
      severity: 'warning',
      message: `All addresses of ${range.text} are taken: "${host}" and the hosts after it get none of that family.`,
      resource: referenceOf(owner),
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
