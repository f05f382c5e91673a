import { isWildcard } from '../../model/hostname.ts';
import type { Memory } from '../../model/memory.ts';
import type { Service } from '../../model/service.ts';

/** 256 × 254: the last byte is neither 0 nor 255. */
const slotCount = 65_024;
/** The largest prime below the number of slots: the step of the second hash. */
const stepPrime = 65_011;

/**
 * Gives services addresses by the hash of `namespace/host`, which needs no memory but changes hands when hosts collide.
 * The way of istiod before it kept addresses in the entries' status; PILOT_ENABLE_IP_AUTOALLOCATE=false brings it back.
 * Source: istio `pilot/pkg/serviceregistry/serviceentry/auto_allocation.go`.
 */
export function allocateByHash(services: readonly Service[], memory: Memory): readonly Service[] {
  const slots = new Map<number, string>();
  const slotOf = new Map<Service, number>();
  for (const service of services) {
    if (!wantsAddress(service)) continue;
    if (slotOf.size >= slotCount) break;
    const key = keyOf(service);
    const slot = findSlot(fnv1a(key), slots);
    slots.set(slot, key);
    slotOf.set(service, slot);
  }
  const offsets = numberSlots(slots);
  const offsetOf = (service: Service): number | undefined =>
    slotOf.has(service) ? offsets.get(keyOf(service)) : undefined;
  const giveAddress = (service: Service): Service => {
    const offset = offsetOf(service);
    return offset === undefined ? service : { ...service, allocatedAddresses: formatOffset(offset) };
  };
  return memory.mapEach('addresses by hash', services, giveAddress, { of: (service) => [offsetOf(service)] });
}

function wantsAddress({ registry, defaultAddress, hostname, resolution }: Service): boolean {
  return (
    registry === 'External' && defaultAddress === '0.0.0.0' && !isWildcard(hostname) && resolution !== 'passthrough'
  );
}

function keyOf({ namespace, hostname }: Service): string {
  return `${namespace}/${hostname}`;
}

/** All arithmetic is that of unsigned 32-bit numbers. */
function findSlot(hash: number, slots: ReadonlyMap<number, string>): number {
  const first = hash % slotCount;
  if (!slots.has(first)) return first;
  const step = stepPrime - (hash % stepPrime);
  for (let attempt = 1; ; attempt += 1) {
    const slot = ((hash + Math.imul(attempt, step)) >>> 0) % (slotCount - 1);
    if (!slots.has(slot)) return slot;
  }
}

/**
 * Walks the slots in order and counts; a last byte of 0 is stepped over, and every later slot with it. Several services
 * of one key hold a slot each, but share the address of the first.
 */
function numberSlots(slots: ReadonlyMap<number, string>): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  let counted = 0;
  let skipped = 0;
  for (const [slot, key] of [...slots].sort(([left], [right]) => left - right)) {
    counted = slot + 1 + skipped;
    if (counted % 255 === 0) {
      counted += 1;
      skipped += 1;
    }
    if (!offsets.has(key)) offsets.set(key, counted);
  }
  return offsets;
}

function formatOffset(offset: number): readonly string[] {
  const third = Math.floor(offset / 255);
  const fourth = offset % 255;
  const hex = third === 0 ? fourth.toString(16) : third.toString(16) + fourth.toString(16);
  return [`240.240.${third}.${fourth}`, `2001:2::f0f0:${hex}`];
}

/** 32-bit FNV-1a. Host names and namespaces are ASCII once admitted: a character is a byte. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}
