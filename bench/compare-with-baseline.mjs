/** Noise of a busy machine stays below it; a quadratic loop does not. */
const tolerated = 1.5;

/** What takes no longer than this part of its unit says nothing. */
const negligible = 0.02;

/** Prints what became slower than the baseline tolerates, and says whether nothing did. */
export function compareWithBaseline(now, baseline) {
  const before = new Map(flatten(baseline));
  const known = flatten(now).filter(([name, ratio]) => before.has(name) && ratio > negligible);
  const slower = known.filter(([name, ratio]) => ratio > before.get(name) * tolerated);
  for (const [name, ratio] of slower) console.log(`${name}: ${ratio}, was ${before.get(name)}`);
  console.log(`bench: ${known.length - slower.length} passed, ${slower.length} failed`);
  return slower.length === 0;
}

function flatten(value, name = []) {
  if (typeof value === 'number') return [[name.join(' '), value]];
  return Object.entries(value).flatMap(([key, part]) => flatten(part, [...name, key]));
}
