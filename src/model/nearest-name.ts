/**
 * The known name that somebody probably meant: the same letters in another case, a few typing errors,
 * or one name that begins with the other. Nothing where no name is near.
 */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  const tolerated = Math.min(3, Math.max(1, Math.floor(written.length / 3)));
  let nearest: string | undefined;
  let smallest = tolerated + 1;
  for (const name of known) {
    const distance = editDistance(lower, name.toLowerCase(), tolerated);
    if (distance >= smallest) continue;
    smallest = distance;
    nearest = name;
  }
  return nearest ?? known.find((name) => sharesBeginning(lower, name.toLowerCase()));
}

function sharesBeginning(left: string, right: string): boolean {
  return Math.min(left.length, right.length) >= 4 && (left.startsWith(right) || right.startsWith(left));
}

/** Insertions, deletions, replacements and swapped neighbours; anything above the limit counts as limit + 1. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit || left.length > 100) return limit + 1;
  let beforePrevious: readonly number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let distance = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) distance = Math.min(distance, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(previous[right.length] ?? 0, limit + 1);
}
