/** Orders by code unit, as istiod orders names, on every machine alike. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
