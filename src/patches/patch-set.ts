import type { Report } from '../model/diagnostic.ts';
import type { JsonObject } from '../xds/types.ts';
import type { Context, Patch, PatchTarget } from './patch.ts';
import { patchedMessages } from './patched-messages.ts';
import type { EnvoyApi } from './schema/envoy-api.ts';
import { IncompatibleMessages, MessageMerger } from './schema/merge-message.ts';

/** The patches of one context. */
export interface ContextPatches {
  readonly set: PatchSet;
  readonly context: Context;
}

/** The patches for one proxy, in order, and what they found to patch. */
export class PatchSet {
  private readonly api: EnvoyApi;
  private readonly patches: readonly Patch[];
  private readonly report: Report;
  private readonly used = new Set<Patch>();
  private readonly byPlace = new Map<string, readonly Patch[]>();

  constructor(api: EnvoyApi, patches: readonly Patch[], report: Report) {
    this.api = api;
    this.patches = patches;
    this.report = report;
  }

  /** Those for one kind of object in one context. */
  of(applyTo: PatchTarget, context: Context): readonly Patch[] {
    const place = `${applyTo} ${context}`;
    const known = this.byPlace.get(place);
    if (known) return known;
    const found = this.patches.filter(
      (patch) => patch.applyTo === applyTo && [context, 'ANY'].includes(patch.match.context ?? 'ANY'),
    );
    this.byPlace.set(place, found);
    return found;
  }

  /** Notes that a patch found something to patch. */
  use(patch: Patch): void {
    this.used.add(patch);
  }

  unused(): readonly Patch[] {
    return this.patches.filter((patch) => !this.used.has(patch));
  }

  /** MERGE, or MERGE_AND_REPLACE_LIST: the patch's value, or what has been made of it, over the object. */
  merge<T extends object>(object: T, { applyTo, operation, value }: Patch, made: object = value): T {
    const merger = new MessageMerger(this.api, operation === 'MERGE' ? 'append' : 'replace');
    return merger.merge(this.api.message(patchedMessages[applyTo]), object as JsonObject, made as JsonObject) as T;
  }

  /** Merges what is inside of two Any, which throws where they are of different types. */
  mergeContents<T extends object>(content: T, patched: object, patch: Patch): T {
    try {
      return new MessageMerger(this.api).mergeContents(content as JsonObject, patched as JsonObject) as T;
    } catch (error) {
      if (error instanceof IncompatibleMessages) this.reportCrash(error, patch);
      throw error;
    }
  }

  /**
   * Does what it is given to do, up to the first merge of messages of different types. There istiod panics, catches
   * itself, and keeps what it has patched until then.
   */
  attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof IncompatibleMessages)) throw error;
    }
  }

  reportTakenName(name: string): void {
    for (const { origin, value } of this.patches) {
      if (value['name'] !== name) continue;
      this.report({
        code: 'envoy-filter-name-taken',
        severity: 'error',
        message: `"${name}" is the name of something else that the proxy is sent. Envoy refuses both together; the first one is shown. Choose another name.`,
        resource: origin.resource,
        path: `${origin.path}.patch.value.name`,
      });
    }
  }

  private reportCrash({ message }: IncompatibleMessages, { origin }: Patch): void {
    this.report({
      code: 'envoy-filter-incompatible',
      severity: 'error',
      message: `${message} istiod gives up there: what it would have patched after this stays as it is. Match the one filter that is meant.`,
      resource: origin.resource,
      path: `${origin.path}.patch.value`,
    });
  }
}

export function isMerge({ operation }: Patch): boolean {
  return operation === 'MERGE' || operation === 'MERGE_AND_REPLACE_LIST';
}
