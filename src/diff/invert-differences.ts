import type { Difference, FieldChange } from './difference.ts';

/** The same differences seen from the other side. Paths stay as they are. */
export function invertDifferences(differences: readonly Difference[]): readonly Difference[] {
  return differences.map(invertDifference);
}

function invertDifference(difference: Difference): Difference {
  const { section, name } = difference;
  switch (difference.kind) {
    case 'added':
      return { section, name, kind: 'removed', before: difference.after };
    case 'removed':
      return { section, name, kind: 'added', after: difference.before };
    case 'changed': {
      const { before, after, changes } = difference;
      return { section, name, kind: 'changed', before: after, after: before, changes: changes.map(invertChange) };
    }
  }
}

function invertChange(change: FieldChange): FieldChange {
  const { path } = change;
  switch (change.kind) {
    case 'added':
      return { kind: 'removed', path, before: change.after };
    case 'removed':
      return { kind: 'added', path, after: change.before };
    case 'changed':
      return { kind: 'changed', path, before: change.after, after: change.before };
    case 'reordered':
      return { kind: 'reordered', path, before: change.after, after: change.before };
  }
}
