import type { IstioVersion } from '../model/scenario.ts';

/** What differs between the simulated Istio versions, as named behaviours. Translation asks for a behaviour, never for a number. */
export interface Profile {
  readonly version: IstioVersion;
}

const profiles: Readonly<Record<IstioVersion, Profile>> = {
  '1.29': { version: '1.29' },
  '1.30': { version: '1.30' },
  '1.31': { version: '1.31' },
};

export function selectProfile(version: IstioVersion): Profile {
  return profiles[version];
}
