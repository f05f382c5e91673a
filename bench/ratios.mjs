/**
 * The results as numbers that mean the same on any machine: stages and questions against js-yaml reading the same text,
 * a trace against js-yaml reading one entry, changes against a full translation, commands against Node.js that does nothing.
 */
export function ratiosOf({ sizes, coldStart }) {
  return {
    sizes: mapValues(sizes, (size, entries) => ratiosOfSize(size, Number(entries))),
    coldStart: relativeTo(coldStart.node, coldStart),
  };
}

function ratiosOfSize({ milliseconds, explain, incremental, peakMegabytes }, entries) {
  const perEntry = milliseconds.yaml / entries;
  return {
    ...relativeTo(milliseconds.yaml, milliseconds),
    explain: mapValues(explain, ({ again }) => rounded(again / perEntry)),
    ...(incremental && { incremental: relativeTo(incremental.full, incremental) }),
    peakMegabytes,
  };
}

/** For each size, how much longer everything takes than for the size before, and how many times the entries it has. */
export function growthOf(sizes) {
  const measured = Object.entries(sizes)
    .map(([entries, size]) => ({ entries: Number(entries), milliseconds: timesOf(size) }))
    .sort((one, other) => one.entries - other.entries);
  return measured.slice(1).map((to, index) => {
    const from = measured[index];
    const known = Object.entries(to.milliseconds).filter(([name]) => from.milliseconds[name] !== undefined);
    return {
      from: from.entries,
      to: to.entries,
      entries: to.entries / from.entries,
      ...Object.fromEntries(known.map(([name, time]) => [name, rounded(time / from.milliseconds[name])])),
    };
  });
}

function timesOf({ milliseconds, explain }) {
  return { ...milliseconds, explain: Math.max(...Object.values(explain).map(({ again }) => again)) };
}

function relativeTo(unit, milliseconds) {
  return mapValues(milliseconds, (time) => rounded(time / unit));
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}

function rounded(number) {
  return Number(number.toPrecision(3));
}
