import type { Listener } from '../../xds/types.ts';
import { overwrite } from '../draft.ts';
import { matchesListener } from '../match/listener-match.ts';
import type { Patch } from '../patch.ts';
import type { ContextPatches } from '../patch-set.ts';
import { isMerge } from '../patch-set.ts';
import { Drafting, type ListenerDraft } from './listener-draft.ts';
import { patchFilterChains } from './patch-filter-chains.ts';
import { patchListenerFilters } from './patch-listener-filters.ts';

export interface ListenerGroup extends ContextPatches {
  /** They are changed. */
  readonly listeners: readonly ListenerDraft[];
  /** The listener that intercepts traffic is patched apart from the others, to which listeners may be added. */
  readonly takesAdditions: boolean;
}

/**
 * Patches listeners with all that is in them, those of a listener before those of its parts, and returns those that stay
 * or are added. Source: istio `pilot/pkg/networking/core/envoyfilter/listener_patch.go`, patchListeners.
 */
export function patchListeners(group: ListenerGroup): readonly ListenerDraft[] {
  const { set, context, listeners, takesAdditions } = group;
  let result = listeners;
  set.attempt(() => {
    const kept = listeners.filter((listener) => patchListener(group, listener));
    result = [...kept, ...(takesAdditions ? addedListeners({ set, context }) : [])];
  });
  return result;
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
    overwrite(draft, set.merge<ListenerDraft>(draft, patch, draftOf(patch)));
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
    const listener = draftOf(patch);
    if (listener.name) added.push(listener);
  }
  return added;
}

/** Of a patch that is used for several listeners, each gets its own. */
function draftOf({ value }: Patch): ListenerDraft {
  return new Drafting().listener(value as unknown as Listener);
}
