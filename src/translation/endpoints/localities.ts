import { parseLocality } from '../../model/locality.ts';
import type { Draft } from '../../xds/draft.ts';
import { frozen } from '../../xds/frozen.ts';
import type { Locality } from '../../xds/types.ts';

/** The places of endpoints as Envoy wants them said: few, and shared by many. */
export class Localities {
  readonly #byPlace = new Map<string, Locality>();

  /** `place` is `region/zone/subzone`, or empty. */
  find(place: string): Locality {
    const known = this.#byPlace.get(place);
    if (known) return known;
    const locality = frozen(buildLocality(place));
    this.#byPlace.set(place, locality);
    return locality;
  }
}

function buildLocality(place: string): Locality {
  const { region, zone, subZone } = parseLocality(place);
  const locality: Draft<Locality> = region ? { region } : {};
  if (zone) locality.zone = zone;
  if (subZone) locality.subZone = subZone;
  return locality;
}
