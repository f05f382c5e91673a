import type { ResourceOf } from '../model/resource.ts';

export interface ConfigPatch {
  readonly applyTo: string;
  readonly operation: string;
  /** The proxies of which version, where that is said. */
  readonly proxyVersion: string | undefined;
  /** `spec.configPatches[0]` */
  readonly path: string;
}

export function listConfigPatches({ spec }: ResourceOf<'EnvoyFilter'>): readonly ConfigPatch[] {
  return (spec.configPatches ?? []).flatMap(({ applyTo = 'INVALID', match, patch }, index) =>
    patch
      ? [
          {
            applyTo,
            operation: patch.operation ?? 'INVALID',
            proxyVersion: match?.proxy?.proxyVersion || undefined,
            path: `spec.configPatches[${index}]`,
          },
        ]
      : [],
  );
}
