/** How many items two lists have in common at the beginning and at the end. */
export interface CommonEnds {
  readonly head: number;
  readonly tail: number;
}

export function commonEnds(left: readonly unknown[], right: readonly unknown[]): CommonEnds {
  const shorter = Math.min(left.length, right.length);
  let head = 0;
  while (head < shorter && left[head] === right[head]) head++;
  let tail = 0;
  while (tail < shorter - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail++;
  return { head, tail };
}

/** The part of a list between its ends. */
export function middleOf<T>(list: readonly T[], { head, tail }: CommonEnds): readonly T[] {
  return list.slice(head, list.length - tail);
}

/** A list with another part of the same length between its ends. */
export function replaceMiddle<T>(list: readonly T[], { head }: CommonEnds, middle: readonly T[]): readonly T[] {
  const replaced = list.slice();
  for (let index = 0; index < middle.length; index++) replaced[head + index] = middle[index] as T;
  return replaced;
}

export function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}
