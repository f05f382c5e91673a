import { contentKey } from '../../src/diff/content-key.ts';
import type { Difference, FieldChange } from '../../src/diff/difference.ts';
import { findInside } from '../../src/diff/find-value.ts';

const gone = Symbol('gone');

/** Turns what a difference changed back, field by field; lists get back what they had, in any order. */
export function undoChanges(difference: Extract<Difference, { readonly kind: 'changed' }>): unknown {
  const { section, name } = difference;
  // Not structuredClone: it would keep parts shared that the snapshot shares.
  const after = JSON.parse(JSON.stringify(difference.after));
  const at = (path: FieldChange['path']): unknown =>
    findInside({ path: [section, name], value: after }, path.slice(2))?.value;
  // Every place is found before any is touched: lists name their items by what else they hold.
  const edits = difference.changes.map((change) => editFor(change, at(change.path.slice(0, -1)), at(change.path)));
  for (const edit of edits) edit();
  return prune(after);
}

function editFor(change: FieldChange, holder: unknown, value: unknown): () => void {
  const last = change.path.at(-1) ?? '';
  const key = Array.isArray(holder) ? holder.indexOf(value) : last;
  const set = (content: unknown) => {
    (holder as Record<string | number, unknown>)[key] = content;
  };
  switch (change.kind) {
    case 'added':
      return () => set(gone);
    case 'changed':
      return () => set(change.before);
    case 'removed':
      return () => (Array.isArray(holder) ? void holder.push(change.before) : set(change.before));
    case 'reordered':
      return () => {};
  }
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== gone).map(prune);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== gone)
      .map(([key, inner]) => [key, prune(inner)]),
  );
}

/** Equal for values that differ at most in the order of lists. */
export function withoutOrder(value: unknown): string {
  return contentKey(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (contentKey(a) < contentKey(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sorted(inner)]));
}
