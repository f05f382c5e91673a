import type { ProxyType } from '../model/proxy.ts';
import type { Labels } from '../registry/labels.ts';

/** Which proxies a look stands for. */
export interface Audience {
  readonly type: ProxyType;
  readonly namespace: string;
  readonly dnsCapture: boolean;
  /** Those of the workloads that a Sidecar or a DestinationRule selects. */
  readonly labels: Labels;
}

/**
 * Says for whom something holds, or nothing where it holds for all of its kind that were asked: what is said of sidecars
 * is not said of gateways.
 */
export function describeAudience(holds: readonly Audience[], everybody: readonly Audience[]): string | undefined {
  const types = new Set(holds.map(({ type }) => type));
  const all = everybody.filter(({ type }) => types.has(type));
  const isOfOthersToo = types.has('sidecar') || types.size === new Set(everybody.map(({ type }) => type)).size;
  if (holds.length >= all.length && isOfOthersToo) return undefined;
  const places = groupByPlace(all);
  const held = [...groupByPlace(holds)].map(([place, captures]) => ({
    place,
    capture: captures.size < (places.get(place)?.size ?? 0) ? captureText(captures.has(true)) : '',
  }));
  const [first] = held;
  const isUniform = held.every(({ capture }) => capture === first?.capture);
  if (!first || !isUniform) return held.map(({ place, capture }) => `${place}${capture}`).join('; ');
  if (held.length === places.size) return `${[...types].map((type) => nouns[type]).join(' and ')}${first.capture}`;
  return `${held.map(({ place }) => place).join(', ')}${first.capture}`;
}

const captureText = (captures: boolean): string => (captures ? ' with DNS capture' : ' without DNS capture');

function groupByPlace(audiences: readonly Audience[]): ReadonlyMap<string, ReadonlySet<boolean>> {
  const places = new Map<string, Set<boolean>>();
  for (const audience of audiences) {
    const place = placeOf(audience);
    const captures = places.get(place) ?? new Set();
    captures.add(audience.dnsCapture);
    places.set(place, captures);
  }
  return places;
}

const nouns: Readonly<Record<ProxyType, string>> = { sidecar: 'proxies', router: 'gateways', waypoint: 'waypoints' };

function placeOf({ type, namespace, labels }: Audience): string {
  const selected = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return `${nouns[type]} in ${namespace}${selected.length === 0 ? '' : ` with ${selected.join(',')}`}`;
}
