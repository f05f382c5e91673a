/** Whether two JSON values say the same, lists in the same order. The keys of an object may stand in any. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left)) return Array.isArray(right) && areEqualLists(left, right);
  return !Array.isArray(right) && areEqualObjects(left as JsonMap, right as JsonMap);
}

type JsonMap = Readonly<Record<string, unknown>>;

function areEqualLists(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (!isEqual(left[index], right[index])) return false;
  return true;
}

/** Copies nothing: most of what is compared is the same on both sides. */
function areEqualObjects(left: JsonMap, right: JsonMap): boolean {
  let unmatched = 0;
  for (const key in left) {
    const inner = right[key];
    if (!isEqual(left[key], inner) || (inner === undefined && !Object.hasOwn(right, key))) return false;
    unmatched++;
  }
  for (const _ in right) unmatched--;
  return unmatched === 0;
}
