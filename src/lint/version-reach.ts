import type { Service } from '../model/service.ts';
import type { Profile } from '../profiles/profile.ts';
import type { Behaviour } from '../profiles/watch-profile.ts';
import type { Mesh } from '../registry/mesh.ts';

/** What another version of Istio may do otherwise: nothing, everything, or what concerns certain services. */
export type VersionReach = 'nothing' | 'everything' | ((service: Service) => boolean);

/** What every service has another value of; nothing of it is compared. */
const general: ReadonlySet<Behaviour> = new Set([
  'entriesNameWorkloads',
  'turnsPanicOff',
  'dynamicForwardProxyFollowsFamily',
]);

/** Behaviours that change where traffic to some services goes, and nothing else that is compared. */
const concerned: Readonly<Partial<Record<Behaviour, (service: Service) => boolean>>> = {
  dynamicForwardProxyInSidecars: ({ resolution }) => resolution === 'dynamic-dns',
};

/**
 * Of the ways in which a version differs, those count that were asked for when the mesh was made and the proxies' part of
 * it: where none was, the other version makes the same.
 */
export function findReach({ resources, profile }: Mesh, other: Profile, asked: ReadonlySet<Behaviour>): VersionReach {
  // Patches may be for proxies of one version; which namespace an endpoint says it is in decides who is asked for mutual TLS.
  if (resources.EnvoyFilter.length > 0 || resources.PeerAuthentication.length > 0) return 'everything';
  const differing = [...asked].filter((name) => profile[name] !== other[name] && !general.has(name));
  const concerns = differing.flatMap((name) => concerned[name] ?? []);
  if (concerns.length < differing.length) return 'everything';
  return concerns.length === 0 ? 'nothing' : (service) => concerns.some((concern) => concern(service));
}
