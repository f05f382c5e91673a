import { measure } from 'mitata';

/** Milliseconds of the fastest of several runs: what a machine that is busy with other things adds is left out. */
export async function fastest(run) {
  const once = timed(run);
  if (once > 5_000) return once;
  if (once > 300) return Math.min(once, timed(run), timed(run));
  globalThis.gc?.();
  const { min } = await measure(run, {
    min_samples: 5,
    max_samples: 1_000,
    min_cpu_time: 200e6,
    warmup_samples: 1,
    batch_threshold: 0,
  });
  return min / 1e6;
}

/** With `--expose-gc` no run cleans up after another. */
export function timed(run) {
  globalThis.gc?.();
  const start = performance.now();
  run();
  return performance.now() - start;
}
