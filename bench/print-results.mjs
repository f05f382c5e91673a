export function printSize(entries, { megabytes, sent, milliseconds, explain, incremental, peakMegabytes }) {
  console.log(`\n${count(entries)} entries, ${megabytes.toFixed(1)} MB of YAML, ${peakMegabytes} MB of memory at most`);
  console.log(
    `sent: ${Object.entries(sent)
      .map(([name, number]) => `${count(number)} ${name}`)
      .join(', ')}`,
  );
  for (const [name, time] of Object.entries(milliseconds)) printTime(name, time, milliseconds.yaml, 'js-yaml');
  for (const [request, { outcome, first, again }] of Object.entries(explain)) {
    console.log(`  explain ${request} (${outcome}): ${again.toFixed(4)} ms, the first time ${first.toFixed(2)} ms`);
  }
  if (!incremental) return;
  for (const [name, time] of Object.entries(incremental)) printTime(name, time, incremental.full, 'full translation');
}

export function printColdStart(coldStart) {
  console.log('\nfrom the start of a process to its end');
  for (const [name, time] of Object.entries(coldStart)) printTime(name, time, coldStart.node, 'node -e 0');
}

export function printGrowth(growth) {
  for (const { from, to, entries, ...times } of growth) {
    console.log(
      `\n${count(to)} entries against ${count(from)}: ${entries} times the entries take so many times as long`,
    );
    console.log(
      `  ${Object.entries(times)
        .map(([name, factor]) => `${name} ${factor}`)
        .join(', ')}`,
    );
  }
}

function printTime(name, time, unitTime, unit) {
  const ratio = (time / unitTime).toFixed(time < unitTime / 10 ? 4 : 2);
  console.log(`  ${name.padEnd(18)} ${time.toFixed(2).padStart(10)} ms ${ratio.padStart(8)} × ${unit}`);
}

function count(number) {
  return number.toLocaleString('en');
}
