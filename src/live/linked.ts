import type { Chained, Chaining, Link } from '../model/memory.ts';
import { span } from './edits.ts';
import type { Succession } from './succession.ts';

/** What items became one after the other. */
export interface Linked<T, R, S> {
  readonly items: readonly T[];
  readonly begin: S;
  /** What each of them left. */
  readonly states: readonly S[];
  readonly chained: Chained<R, S>;
}

export function linkAll<T, R, S>(items: readonly T[], chaining: Chaining<T, R, S>): Linked<T, R, S> {
  const walk = new Walk(chaining, [], []);
  for (const item of items) walk.add(chaining.next(item, walk.state));
  return walk.finish(items);
}

interface Relinking<T, R, S> {
  readonly chaining: Chaining<T, R, S>;
  readonly succession: Succession;
}

/** Goes on from the first that changed, to where as much is left as before. */
export function relink<T extends object, R, S>(
  before: Linked<T, R, S>,
  items: readonly T[],
  { chaining, succession }: Relinking<T, R, S>,
): Linked<T, R, S> {
  const begins = chaining.begin === before.begin;
  const edits = succession.edits(before.items, items);
  if (begins && edits.length === 0) return { ...before, items };
  const { from: head, end } = begins ? span(edits) : { from: 0, end: items.length };
  const walk = new Walk(chaining, before.chained.values.slice(0, head), before.states.slice(0, head));
  const shift = before.items.length - items.length;
  const known = new Map<T, R>();
  const isAsBefore = (index: number): boolean => {
    const left = before.states[index + shift - 1] ?? before.begin;
    return index >= end && chaining.isSameState(left, walk.state);
  };
  for (let index = head; index < end + shift; index++) {
    known.set(before.items[index] as T, before.chained.values[index] as R);
  }
  for (let index = head; index < items.length; index++) {
    if (isAsBefore(index)) {
      walk.takeOver(before.chained.values.slice(index + shift), before.states.slice(index + shift));
      break;
    }
    const item = items[index] as T;
    const link = chaining.next(item, walk.state);
    const earlier = index >= end ? before.chained.values[index + shift] : known.get(item);
    walk.add(earlier !== undefined && chaining.isSameValue(earlier, link.value) ? { ...link, value: earlier } : link);
  }
  return walk.finish(items);
}

class Walk<T, R, S> {
  readonly #begin: S;
  #values: R[];
  #states: S[];

  constructor({ begin }: Chaining<T, R, S>, values: R[], states: S[]) {
    this.#begin = begin;
    this.#values = values;
    this.#states = states;
  }

  get state(): S {
    return this.#states.at(-1) ?? this.#begin;
  }

  add({ value, state }: Link<R, S>): void {
    this.#values.push(value);
    this.#states.push(state);
  }

  takeOver(values: readonly R[], states: readonly S[]): void {
    this.#values = this.#values.concat(values);
    this.#states = this.#states.concat(states);
  }

  finish(items: readonly T[]): Linked<T, R, S> {
    const [values, states] = [this.#values, this.#states];
    return { items, begin: this.#begin, states, chained: { values, state: this.state } };
  }
}
