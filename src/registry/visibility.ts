import type { Visibility } from '../model/service.ts';
import type { Profile } from '../profiles/profile.ts';

/**
 * Reads an `exportTo`: `*` beats everything, then `~` hides from everybody; `.` is the owner's own namespace.
 * An empty list means the mesh's default. Source: istio `pilot/pkg/model/push_context.go`, initServiceRegistry.
 */
export function readVisibility(
  exportTo: readonly string[],
  namespace: string,
  defaults: readonly string[] | undefined,
): Visibility {
  const entries = exportTo.length > 0 ? exportTo : defaultVisibility(defaults);
  if (entries.includes('*')) return everybody;
  if (entries.includes('~')) return nobody;
  return { to: 'namespaces', namespaces: new Set(entries.map((entry) => (entry === '.' ? namespace : entry))) };
}

/** What an `exportTo` is where neither the resource nor the mesh configuration gives one. */
export function defaultVisibility(defaults: readonly string[] | undefined): readonly string[] {
  return defaults?.length ? defaults : ['*'];
}

/** The default of the mesh as the version understands it. */
export function usableDefault(
  defaults: readonly string[] | undefined,
  profile: Profile,
): readonly string[] | undefined {
  if (!defaults?.length || (defaults.length === 1 && scopes.includes(defaults[0]))) return defaults;
  if (profile.defaultExportToNamesNamespaces) return defaults;
  return [['.', '*'].find((entry) => defaults.includes(entry)) ?? '~'];
}

/** What is no namespace: the own one, all, none. */
const scopes: readonly unknown[] = ['.', '*', '~'];

const everybody: Visibility = { to: 'all' };
const nobody: Visibility = { to: 'none' };

export function isVisible(visibility: Visibility, namespace: string): boolean {
  if (visibility.to === 'namespaces') return visibility.namespaces.has(namespace);
  return visibility.to === 'all';
}

/** What one namespace sees: what is meant for it in particular comes before what everybody sees. */
export function listVisible<T extends { readonly namespace: string; readonly visibility: Visibility }>(
  all: readonly T[],
  namespace: string,
  profile: Profile,
): readonly T[] {
  if (all.every(isForAll)) return all;
  const meant = all.filter(({ visibility }) => visibility.to === 'namespaces' && visibility.namespaces.has(namespace));
  const isOwn = (one: T): boolean => one.namespace === namespace;
  const ordered =
    meant.length < 2 || profile.defaultExportToNamesNamespaces
      ? meant
      : [...meant.filter(isOwn), ...meant.filter((one) => !isOwn(one))];
  return [...ordered, ...all.filter(isForAll)];
}

function isForAll({ visibility }: { readonly visibility: Visibility }): boolean {
  return visibility === everybody || visibility.to === 'all';
}
