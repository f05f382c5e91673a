/** Something that istiod sends and a stock Envoy cannot load, and that was therefore left out or replaced. */
export interface Omission {
  /** `cluster outbound|443||example.com`, `listener 0.0.0.0_80` or `route 80`. */
  readonly resource: string;
  /** What is missing of it; absent where the resource as a whole is. */
  readonly part?: string;
  /** One sentence. */
  readonly reason: string;
}

export type ReportOmission = (omission: Omission) => void;

/** Omissions as lines of text: the same part and reason once, with the number of resources it was left out of. */
export function omissionLines(omissions: readonly Omission[]): readonly string[] {
  const wholes = omissions
    .filter(({ part }) => part === undefined)
    .map(({ resource, reason }) => `${resource}: ${reason}`);
  const parts = new Map<string, Set<string>>();
  for (const { resource, part, reason } of omissions) {
    if (part === undefined) continue;
    const line = `${part}: ${reason}`;
    const resources = parts.get(line) ?? new Set();
    parts.set(line, resources.add(resource));
  }
  return [
    ...new Set(wholes),
    ...[...parts].map(
      ([line, resources]) => `${line} (${resources.size === 1 ? [...resources][0] : `${resources.size} resources`})`,
    ),
  ];
}
