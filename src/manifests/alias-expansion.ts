/** What is wrong with a document's aliases. */
export type AliasProblem = 'cycle' | 'expansion' | 'nesting';

/**
 * The reader resolves an alias to the same object, so a few lines can stand for gigabytes once somebody walks them.
 * Counts how many values a walk would meet, visiting each shared part once, and compares the share that comes from
 * aliases with what Kubernetes tolerates. Source: go.yaml.in/yaml/v2 `decode.go`, allowedAliasRatio.
 */
export function findAliasProblem(document: unknown, maximumDepth: number): AliasProblem | undefined {
  const walk: Walk = { sizes: new Map(), distinct: 0, maximumDepth };
  const { size, depth, problem } = measure(document, walk, 0);
  if (problem !== undefined) return problem;
  if (depth > maximumDepth) return 'nesting';
  const fromAliases = size - walk.distinct;
  return fromAliases > 100 && size > 1000 && fromAliases / size > toleratedShare(size) ? 'expansion' : undefined;
}

interface Measure {
  readonly size: number;
  readonly depth: number;
  readonly problem?: AliasProblem;
}

interface Walk {
  /** `undefined` while an object is being measured: meeting it again then is a cycle. */
  readonly sizes: Map<object, Measure | undefined>;
  distinct: number;
  readonly maximumDepth: number;
}

function measure(value: unknown, walk: Walk, level: number): Measure {
  if (typeof value !== 'object' || value === null) {
    walk.distinct++;
    return { size: 1, depth: 0 };
  }
  if (walk.sizes.has(value)) return walk.sizes.get(value) ?? { size: 0, depth: 0, problem: 'cycle' };
  if (level > walk.maximumDepth * 2) return { size: 0, depth: 0, problem: 'nesting' };

  walk.distinct++;
  walk.sizes.set(value, undefined);
  let size = 1;
  let depth = 0;
  for (const child of Object.values(value)) {
    const measured = measure(child, walk, level + 1);
    if (measured.problem !== undefined) return measured;
    size += measured.size;
    depth = Math.max(depth, measured.depth + 1);
  }
  walk.sizes.set(value, { size, depth });
  return { size, depth };
}

function toleratedShare(size: number): number {
  const lowest = 400_000;
  const highest = 4_000_000;
  if (size <= lowest) return 0.99;
  if (size >= highest) return 0.1;
  return 0.99 - (0.89 * (size - lowest)) / (highest - lowest);
}
