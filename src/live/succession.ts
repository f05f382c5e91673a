import { compareLists, type Edit, noEdits, summarize } from './edits.ts';

/** The length of a list that is as soon compared as remembered. */
const fewItems = 32;

interface Step {
  /** Stands for the list without holding it. */
  readonly list: object;
  readonly since?: object;
  readonly edits: readonly Edit[];
}

/** How lists follow one another: many are made of the same two, which are compared once, or not at all. */
export class Succession {
  readonly #steps = new WeakMap<readonly object[], Step>();

  edits(before: readonly object[], after: readonly object[]): readonly Edit[] {
    if (before === after) return noEdits;
    if (before.length <= fewItems && after.length <= fewItems) return compareLists(before, after);
    const since = this.#steps.get(before)?.list;
    const known = this.#steps.get(after);
    if (since && known?.since === since) return known.edits;
    const edits = compareLists(before, after);
    this.note(before, after, edits);
    return edits;
  }

  /** Takes the word of one that knows. */
  note(before: readonly object[], after: readonly object[], edits: readonly Edit[]): void {
    if (after.length <= fewItems) return;
    const since = this.#stepTo(before).list;
    this.#steps.set(after, { list: this.#stepTo(after).list, since, edits: summarize(edits) });
  }

  #stepTo(list: readonly object[]): Step {
    const known = this.#steps.get(list);
    if (known) return known;
    const step = { list: {}, edits: noEdits };
    this.#steps.set(list, step);
    return step;
  }
}
