import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import { findValue } from '../../src/diff/find-value.ts';
import { groupDifferences } from '../../src/diff/group-differences.ts';
import { invertDifferences } from '../../src/diff/invert-differences.ts';
import { translate } from '../../src/index.ts';
import { formatFieldPath } from '../../src/model/field-path.ts';
import { manifestsOf, mesh } from '../arbitraries/mesh.ts';
import { undoChanges, withoutOrder } from './undo-differences.ts';

const runs = { numRuns: 60 };
const text = mesh.map(manifestsOf);

describe('diff', () => {
  it('of a snapshot with itself or an equal one is empty', () => {
    fc.assert(
      fc.property(text, (manifests) => {
        const translation = translate(manifests);
        expect(diff(translation, translation)).toEqual([]);
        expect(diff(translation, structuredClone({ ...translation, diagnostics: [] }))).toEqual([]);
      }),
      runs,
    );
  });

  it('holds all that is different: undone, it gives what was before', () => {
    fc.assert(
      fc.property(text, text, (textBefore, textAfter) => {
        const [before, after] = [translate(textBefore), translate(textAfter)];
        for (const difference of diff(before, after)) {
          if (difference.kind !== 'changed') continue;
          expect(withoutOrder(undoChanges(difference))).toBe(withoutOrder(difference.before));
        }
      }),
      runs,
    );
  });

  it('leads to what is there: the paths of what is new or other lead to it', () => {
    fc.assert(
      fc.property(text, text, (textBefore, textAfter) => {
        const [before, after] = [translate(textBefore), translate(textAfter)];
        for (const difference of diff(before, after)) {
          if (difference.kind !== 'changed') continue;
          for (const change of difference.changes) {
            if (change.kind === 'removed' || change.kind === 'reordered') continue;
            expect(findValue(after, change.path)?.value).toEqual(change.after);
            expect(findValue(after, formatFieldPath(change.path))?.value).toEqual(change.after);
          }
        }
      }),
      runs,
    );
  });

  it('finds the same resources from the other side', () => {
    const subjects = (differences: ReturnType<typeof diff>) =>
      differences.map(({ section, name, kind }) => `${kind} ${section} ${name}`);
    fc.assert(
      fc.property(text, text, (textBefore, textAfter) => {
        const [before, after] = [translate(textBefore), translate(textAfter)];
        expect(subjects(invertDifferences(diff(before, after)))).toEqual(subjects(diff(after, before)));
      }),
      runs,
    );
  });
});

describe('groupDifferences', () => {
  it('leaves no resource and no change out', () => {
    fc.assert(
      fc.property(text, text, (textBefore, textAfter) => {
        const [before, after] = [translate(textBefore), translate(textAfter)];
        const differences = diff(before, after);
        const groups = groupDifferences(differences);
        const grouped = new Set(
          groups.flatMap(({ section, resources }) => resources.map((name) => `${section} ${name}`)),
        );
        expect([...grouped].sort()).toEqual(differences.map(({ section, name }) => `${section} ${name}`).sort());
        const changes = new Set(groups.flatMap((group) => group.changes));
        const all = differences.flatMap((difference) => (difference.kind === 'changed' ? difference.changes : []));
        expect(all.filter((change) => !changes.has(change))).toEqual([]);
      }),
      runs,
    );
  });
});
