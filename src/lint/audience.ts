import type { Labels } from '../registry/labels.ts';

/** Which proxies a look stands for. */
export interface Audience {
  readonly namespace: string;
  readonly dnsCapture: boolean;
  /** Those of the workloads that a Sidecar or a DestinationRule selects. */
  readonly labels: Labels;
}

/** Says for whom something holds, or nothing where it holds for all that were asked. */
export function describeAudience(holds: readonly Audience[], all: readonly Audience[]): string | undefined {
  if (holds.length >= all.length) return undefined;
  const places = groupByPlace(all);
  const held = [...groupByPlace(holds)].map(([place, captures]) => ({
    place,
    capture: captures.size < (places.get(place)?.size ?? 0) ? captureText(captures.has(true)) : '',
  }));
  const [first] = held;
  const isUniform = held.every(({ capture }) => capture === first?.capture);
  if (!first || !isUniform) return held.map(({ place, capture }) => `${place}${capture}`).join('; ');
  if (held.length === places.size) return `proxies${first.capture}`;
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

function placeOf({ namespace, labels }: Audience): string {
  const selected = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return `proxies in ${namespace}${selected.length === 0 ? '' : ` with ${selected.join(',')}`}`;
}
