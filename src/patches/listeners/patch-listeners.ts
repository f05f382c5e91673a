import type { Listener } from '../../xds/types.ts';
import { overwrite } from '../draft.ts';
import { matchesListener } from '../match/listener-match.ts';
import { type ContextPatches, isMerge } from '../patch-set.ts';
import { draftListener, finishListener, type ListenerDraft } from './listener-draft.ts';
import { patchFilterChains } from './patch-filter-chains.ts';
import { patchListenerFilters } from './patch-listener-filters.ts';

export interface ListenerGroup extends ContextPatches {
  readonly listeners: readonly Listener[];
  /** The listeners that intercept traffic are patched apart from the others, to which listeners may be added. */
  readonly takesAdditions: boolean;
}

/**
 * Patches listeners with all that is in them; patches of a listener come before those of its parts.
 * Source: istio `pilot/pkg/networking/core/envoyfilter/listener_patch.go`, patchListeners.
 */
export function patchListeners({ set, context, listeners, takesAdditions }: ListenerGroup): readonly Listener[] {
  const drafts = listeners.map(draftListener);
  const removed = new Set<ListenerDraft>();
  let result: readonly ListenerDraft[] = drafts;
  set.attempt(() => {
    for (const draft of drafts) if (!patchListener({ set, context }, draft)) removed.add(draft);
    const added = takesAdditions ? addedListeners({ set, context }) : [];
    result = [...drafts.filter((draft) => !removed.has(draft)), ...added];
  });
  return result.map(finishListener);
}

/** Whether the listener stays. */
function patchListener(patches: ContextPatches, draft: ListenerDraft): boolean {
  const { set, context } = patches;
  for (const patch of set.of('LISTENER', context)) {
    if (!matchesListener(draft, patch)) continue;
    if (patch.operation === 'REMOVE') {
      set.use(patch);
      // A listener without a name is one that is to go; where istiod gives up before that, it is sent so.
      draft.name = '';
      return false;
    }
    if (!isMerge(patch)) continue;
    set.use(patch);
    overwrite(draft, draftListener(set.merge<Listener>(draft, patch)));
  }
  patchListenerFilters(patches, draft);
  patchFilterChains(patches, draft);
  return true;
}

/** Without a context, a listener is added once. */
function addedListeners({ set, context }: ContextPatches): readonly ListenerDraft[] {
  const added: ListenerDraft[] = [];
  for (const patch of set.of('LISTENER', context)) {
    if (patch.operation !== 'ADD') continue;
    if ((patch.match.context ?? 'ANY') === 'ANY' && context === 'SIDECAR_INBOUND') continue;
    set.use(patch);
    const listener = patch.value as unknown as Listener;
    if (listener.name) added.push(draftListener(listener));
  }
  return added;
}
