/**
 * Stands in the page for what applies EnvoyFilters, which is large with all of Envoy's messages, and which few inputs
 * need. Until it is asked for, nothing is patched. `build/patches-on-demand.ts` puts it there.
 */
import type * as Check from '../../../../src/patches/check-patch.ts';
import type * as Prepare from '../../../../src/patches/prepare-patches.ts';

type Loaded = typeof Check & typeof Prepare;

let loaded: Loaded | undefined;

export async function loadPatches(): Promise<void> {
  loaded ??= {
    ...(await import('../../../../src/patches/check-patch.ts')),
    ...(await import('../../../../src/patches/prepare-patches.ts')),
  };
}

export const checkPatches: typeof Check.checkPatches = () => {
  // Whoever keeps the check may have asked for it before the patches were loaded.
  let check: ReturnType<typeof Check.checkPatches> | undefined;
  return (applyTo, value) => {
    check ??= loaded?.checkPatches();
    return check?.(applyTo, value) ?? [];
  };
};

export const preparePatches: typeof Prepare.preparePatches = (options) =>
  loaded?.preparePatches(options) ?? {
    clusters: (clusters) => clusters,
    listeners: (listeners) => listeners,
    routes: (configurations) => configurations,
    finish: () => undefined,
  };
