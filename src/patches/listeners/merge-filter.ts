import type { ConfigFilter } from '../../xds/types.ts';
import type { Patch } from '../patch.ts';
import type { PatchSet } from '../patch-set.ts';
import type { FilterDraft } from './listener-draft.ts';

/** Merges a patch into a network filter or an HTTP filter: its name counts where it has one, its configuration is merged. */
export function mergeFilter(set: PatchSet, filter: FilterDraft, patch: Patch): void {
  if (!filter.typedConfig) return;
  const { name, typedConfig } = patch.value as unknown as ConfigFilter;
  set.use(patch);
  const merged = typedConfig && set.mergeContents(filter.typedConfig, typedConfig, patch);
  if (name) filter.name = name;
  if (merged) filter.typedConfig = merged;
}
