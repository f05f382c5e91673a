/** Checks a status that Envoy is to answer with. istiod takes 600 too. */
export function httpStatusProblem(status: number | undefined): string | undefined {
  const code = status ?? 0;
  if (code >= 200 && code <= 600) return undefined;
  return `${code} is not an HTTP status between 200 and 599.`;
}
