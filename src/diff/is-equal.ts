/**
 * Whether two JSON values say the same, lists in the same order. The keys of an object may stand in any; what some hold
 * can be left out of account.
 */
export function isEqual(left: unknown, right: unknown, ignored?: ReadonlySet<string>): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left)) return Array.isArray(right) && areEqualLists(left, right, ignored);
  return !Array.isArray(right) && areEqualObjects(left as JsonMap, right as JsonMap, ignored);
}

type JsonMap = Readonly<Record<string, unknown>>;
type Keys = ReadonlySet<string> | undefined;

function areEqualLists(left: readonly unknown[], right: readonly unknown[], ignored: Keys): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (!isEqual(left[index], right[index], ignored)) return false;
  return true;
}

/** Copies nothing: most of what is compared is the same on both sides. */
function areEqualObjects(left: JsonMap, right: JsonMap, ignored: Keys): boolean {
  let unmatched = 0;
  for (const key in left) {
    if (ignored?.has(key)) continue;
    const inner = right[key];
    if (!isEqual(left[key], inner, ignored) || (inner === undefined && !Object.hasOwn(right, key))) return false;
    unmatched++;
  }
  for (const key in right) if (!ignored?.has(key)) unmatched--;
  return unmatched === 0;
}
