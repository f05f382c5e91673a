import type { JsonObject, JsonValue } from '../../xds/types.ts';
import type { EnvoyApi } from './envoy-api.ts';
import type { FieldType, MessageField, MessageType, Scalar } from './message-type.ts';
import { dropOtherMembers, isObject } from './read-message.ts';
import { zeroOf } from './read-scalar.ts';

/** MERGE appends to lists, MERGE_AND_REPLACE_LIST puts the patch's in their place. */
export type ListMerge = 'append' | 'replace';

/** Two Any of different types were to be merged, which istiod does not survive. */
export class IncompatibleMessages extends Error {}

/**
 * Merges messages in canonical JSON as istiod does: fields that the patch sets win, lists are appended to, the entries
 * of maps and whole durations are replaced, messages are merged field by field. What the patch sets to zero counts as
 * not set, unless zero can be told from absent; a wrapper around zero counts as not set too, where there is a value
 * already. Source: istio `pkg/proto/merge/merge.go`. Changes neither of them.
 */
export class MessageMerger {
  private readonly api: EnvoyApi;
  private readonly lists: ListMerge;

  constructor(api: EnvoyApi, lists: ListMerge = 'append') {
    this.api = api;
    this.lists = lists;
  }

  merge(type: MessageType, target: JsonObject, patch: JsonObject): JsonObject {
    const merged: Record<string, JsonValue> = { ...target };
    for (const [name, value] of Object.entries(patch)) {
      const field = type.fieldsByName.get(name);
      if (!field) continue;
      dropOtherMembers(merged, type, field);
      merged[name] = this.field(field, merged[name], value);
    }
    return merged;
  }

  /**
   * Merges what two Any hold, which merging the Any themselves would not do. What they hold must be of one type.
   * Source: istio `pilot/pkg/networking/util/util.go`, MergeAnyWithAny.
   */
  mergeContents(target: JsonObject, patch: JsonObject): JsonObject {
    const { '@type': targetUrl, ...targetContent } = target;
    const { '@type': patchUrl, ...patchContent } = patch;
    const targetType = this.typeOf(targetUrl);
    const patchType = this.typeOf(patchUrl);
    // Only what is unknown to us: istiod knows the types it sends and has refused patches of others.
    if (!targetType || !patchType) return { ...target, ...patch };
    if (nameOf(targetUrl) !== nameOf(patchUrl)) {
      throw new IncompatibleMessages(`${nameOf(patchUrl)} cannot be merged into ${nameOf(targetUrl)}.`);
    }
    if (targetType.kind === 'message') {
      return { '@type': targetUrl ?? '', ...this.merge(targetType, targetContent, patchContent) };
    }
    return { '@type': targetUrl ?? '', value: this.value(targetType, target['value'], patch['value'] ?? null) };
  }

  private typeOf(url: JsonValue | undefined): FieldType | undefined {
    return this.api.typeNamed(nameOf(url));
  }

  private field(field: MessageField, target: JsonValue | undefined, patch: JsonValue): JsonValue {
    if (field.shape === 'list') return this.list(target, patch);
    if (field.shape === 'map') return isObject(target) && isObject(patch) ? { ...target, ...patch } : patch;
    return this.value(field.type(), target, patch);
  }

  private list(target: JsonValue | undefined, patch: JsonValue): JsonValue {
    if (this.lists === 'replace' || !Array.isArray(target) || !Array.isArray(patch)) return patch;
    return [...target, ...patch];
  }

  private value(type: FieldType, target: JsonValue | undefined, patch: JsonValue): JsonValue {
    if (target === undefined) return patch;
    switch (type.kind) {
      case 'message':
        return isObject(target) && isObject(patch) ? this.merge(type, target, patch) : patch;
      case 'wrapper':
        return isZero(type.scalar, patch) ? target : patch;
      case 'any':
        return mergeAny(target, patch);
      case 'struct':
        return isObject(target) && isObject(patch) ? { ...target, ...patch } : patch;
      case 'list':
        return this.list(target, patch);
      case 'value':
        if (isObject(target) && isObject(patch)) return { ...target, ...patch };
        return Array.isArray(target) && Array.isArray(patch) ? this.list(target, patch) : patch;
      case 'field-mask':
        return [target, patch].filter((paths) => paths !== '').join(',');
      default:
        return patch;
    }
  }
}

/** `envoy.config.cluster.v3.Cluster` of `type.googleapis.com/envoy.config.cluster.v3.Cluster`. */
function nameOf(url: JsonValue | undefined): string {
  return typeof url === 'string' ? url.slice(url.lastIndexOf('/') + 1) : '';
}

function isZero(scalar: Scalar, value: JsonValue): boolean {
  return value === zeroOf(scalar);
}

/** An Any is a type URL and bytes: bytes replace bytes, but no bytes at all, an empty message, replace nothing. */
function mergeAny(target: JsonValue, patch: JsonValue): JsonValue {
  if (!isObject(target) || !isObject(patch)) return patch;
  const { '@type': url, ...content } = patch;
  const isEmpty = Object.keys(content).length === 0;
  return isEmpty && nameOf(url) === nameOf(target['@type']) ? target : patch;
}
