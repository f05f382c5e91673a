/** Checks a status that Envoy is to answer with. istiod takes 600 too. */
export function httpStatusProblem(status: number | undefined): string | undefined {
  const code = status ?? 0;
  if (code >= 200 && code <= 600) return undefined;
  return `${code} is not an HTTP status between 200 and 599.`;
}

const ranges: readonly (readonly [number, number])[] = [
  [100, 103],
  [200, 208],
  [226, 226],
  [300, 305],
  [307, 308],
  [400, 418],
  [421, 426],
  [428, 429],
  [431, 431],
  [451, 451],
  [500, 508],
  [510, 511],
];

/** Whether the number is a status that has a name. */
export function isNamedHttpStatus(status: number): boolean {
  return ranges.some(([first, last]) => status >= first && status <= last);
}
