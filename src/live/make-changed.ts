import type { Edit, Replacement } from './edits.ts';
import type { Doubt, Mapping } from './mapping.ts';
import type { Made } from './witness.ts';

interface Changing<T> {
  readonly edits: readonly Edit[];
  readonly doubt: Doubt;
  /** Makes what an item becomes, unless what is known was made of the same. */
  make(item: T, known: Made<unknown> | undefined): Made<unknown>;
}

/** What takes the place of what the items became: what is new is made; what stayed only where its ingredients changed. */
export function makeChanged<T extends object>(
  before: Mapping,
  items: readonly T[],
  changing: Changing<T>,
): readonly Replacement<Made<unknown>>[] {
  const { edits, doubt } = changing;
  const recall = recaller(before, edits);
  const make = (item: T, known: Made<unknown> | undefined): Made<unknown> =>
    known && doubt !== 'all' && !doubt.has(item) ? known : changing.make(item, known);
  const replacements: Replacement<Made<unknown>>[] = [];
  const places = placesInDoubt(items, edits, doubt);
  let [next, shift] = [0, 0];
  const remakeUpTo = (end: number): void => {
    for (let start = places[next] ?? end; start < end; start = places[++next] ?? end) {
      const from = start + shift;
      const known = before.made[from];
      const made = make(items[start] as T, known);
      if (made !== known) replacements.push({ edit: { from, to: from + 1, start, end: start + 1 }, items: [made] });
    }
  };
  for (const edit of edits) {
    remakeUpTo(edit.start);
    const coming = items.slice(edit.start, edit.end);
    replacements.push({ edit, items: coming.map((item) => make(item, recall(item))) });
    shift = edit.to - edit.end;
  }
  remakeUpTo(items.length);
  return replacements;
}

/** Fewer than this are found one by one. */
const fewItems = 16;

/** Where those in doubt stand that were there before, too. */
function placesInDoubt(items: readonly object[], edits: readonly Edit[], doubt: Doubt): readonly number[] {
  const places: number[] = [];
  if (doubt === 'all' || doubt.size > fewItems) {
    for (let place = 0; place < items.length; place++) {
      if (doubt === 'all' || doubt.has(items[place] as object)) places.push(place);
    }
  } else {
    for (const item of doubt) {
      for (let place = items.indexOf(item); place >= 0; place = items.indexOf(item, place + 1)) places.push(place);
    }
    places.sort((left, right) => left - right);
  }
  return edits.length === 0
    ? places
    : places.filter((place) => !edits.some(({ start, end }) => place >= start && place < end));
}

/** Finds what an item was before that stood in a part that changed. */
function recaller({ items, made }: Mapping, edits: readonly Edit[]): (item: object) => Made<unknown> | undefined {
  const known = new Map<object, Made<unknown> | undefined>();
  for (const { from, to } of edits) {
    for (let index = from; index < to; index++) known.set(items[index] as object, made[index]);
  }
  return (item) => known.get(item);
}
