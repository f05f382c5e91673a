import type { Profile } from './profile.ts';

/** One of the ways in which versions differ. */
export type Behaviour = Exclude<keyof Profile, 'version'>;

/** The profile, telling which of its behaviours are asked for. */
export function watchProfile(profile: Profile, note: (behaviour: Behaviour) => void): Profile {
  const watched = { ...profile };
  for (const name of Object.keys(profile) as readonly (keyof Profile)[]) {
    if (name === 'version') continue;
    const value = profile[name];
    const get = (): boolean => {
      note(name);
      return value;
    };
    Object.defineProperty(watched, name, { get, enumerable: true });
  }
  return watched;
}
