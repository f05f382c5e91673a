import { setOwn } from '../model/set-own.ts';
import { commonEnds, isSameList, middleOf, replaceMiddle } from './common-ends.ts';

/** The earlier value wherever the later one says the same: whole, or part by part. */
export function reuseEqual(earlier: unknown, later: unknown): unknown {
  if (Object.is(earlier, later) || !isObject(earlier) || !isObject(later)) return later;
  if (Array.isArray(earlier)) return Array.isArray(later) ? reuseList(earlier, later) : later;
  return Array.isArray(later) || !isPlain(earlier) || !isPlain(later) ? later : reuseFields(earlier, later);
}

type Fields = Readonly<Record<string, unknown>>;

function reuseList(earlier: readonly unknown[], later: readonly unknown[]): unknown {
  const ends = commonEnds(earlier, later);
  const { head } = ends;
  if (head === earlier.length && head === later.length) return earlier;
  const before = middleOf(earlier, ends);
  const middle = reuseItems(before, middleOf(later, ends));
  if (isSameList(before, middle)) return earlier;
  return replaceMiddle(later, ends, middle);
}

/** What the later list took over says nothing about the rest, which is compared in order. */
function reuseItems(earlier: readonly unknown[], later: readonly unknown[]): readonly unknown[] {
  if (earlier.length < 2) return later.map((item, index) => reuseEqual(earlier[index], item));
  const [known, kept] = [new Set(earlier), new Set(later)];
  const gone = earlier.filter((item) => !kept.has(item));
  let next = 0;
  return later.map((item) => (known.has(item) ? item : reuseEqual(gone[next++], item)));
}

/**
 * The order of the fields must be the same, too: it is that of the text that is printed. A copy begins at the first field
 * that says something else: most objects say the same, and need none.
 */
function reuseFields(earlier: Fields, later: Fields): unknown {
  const names = Object.keys(later);
  let fields: Record<string, unknown> | undefined = isSameList(Object.keys(earlier), names) ? undefined : {};
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string;
    const known = name === '__proto__' && !Object.hasOwn(earlier, name) ? undefined : earlier[name];
    const reused = reuseEqual(known, later[name]);
    if (!fields && reused !== known) {
      fields = {};
      for (const same of names.slice(0, index)) setOwn(fields, same, earlier[same]);
    }
    if (fields) setOwn(fields, name, reused);
  }
  return fields ?? earlier;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isPlain(value: object): value is Fields {
  return Object.getPrototypeOf(value) === Object.prototype;
}
