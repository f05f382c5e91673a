import type { ListenerFilter } from '../../xds/types.ts';
import { matchesListener } from '../match/listener-match.ts';
import type { Patch } from '../patch.ts';
import type { ContextPatches } from '../patch-set.ts';
import { placeInList } from '../place-in-list.ts';
import type { ListenerDraft } from './listener-draft.ts';

/**
 * A merge needs a filter to hold on to, but is then made into every filter of the listener, whatever its name, and the
 * name of the patch is not taken over.
 * Source: istio `pilot/pkg/networking/core/envoyfilter/listener_patch.go`, patchListenerFilters.
 */
export function patchListenerFilters(patches: ContextPatches, draft: ListenerDraft): void {
  const { set, context } = patches;
  for (const patch of set.of('LISTENER_FILTER', context)) {
    if (!matchesListener(draft, patch)) continue;
    const wanted = patch.match.listener?.listenerFilter;
    const filters = draft.listenerFilters ?? [];
    if (patch.operation === 'MERGE') {
      if (wanted) mergeIntoAll(patches, draft, patch);
      continue;
    }
    const placed = placeInList(filters, {
      operation: patch.operation,
      value: { ...(patch.value as unknown as ListenerFilter) },
      ...(wanted && { matches: ({ name }) => name === wanted }),
    });
    if (placed !== filters) {
      set.use(patch);
      draft.listenerFilters = placed;
    }
  }
}

function mergeIntoAll({ set }: ContextPatches, { listenerFilters = [] }: ListenerDraft, patch: Patch): void {
  const { typedConfig } = patch.value as unknown as ListenerFilter;
  for (const filter of listenerFilters) {
    if (!filter.typedConfig) continue;
    set.use(patch);
    if (typedConfig) filter.typedConfig = set.mergeContents(filter.typedConfig, typedConfig, patch);
  }
}
