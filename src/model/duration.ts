/**
 * Durations as istiod reads them: Go's notation (`1h30m`, `300ms`, `1.5s`, `0`), which is wider than protobuf's
 * `1.5s`. Documented at https://pkg.go.dev/time#ParseDuration.
 */
const nanosecondsByUnit: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n, // U+00B5, micro sign
  μs: 1_000n, // U+03BC, Greek mu
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const term = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/y;
const longest = 2n ** 63n;

/** The duration in nanoseconds, or nothing where the text is none or does not fit 64 bits. */
export function parseDuration(text: string): bigint | undefined {
  const negative = text.startsWith('-');
  const unsigned = negative || text.startsWith('+') ? text.slice(1) : text;
  if (unsigned === '0') return 0n;
  if (unsigned === '') return undefined;

  let total = 0n;
  term.lastIndex = 0;
  while (term.lastIndex < unsigned.length) {
    const match = term.exec(unsigned);
    if (match === null) return undefined;
    const [, whole = '', fraction = '', unit = ''] = match;
    if (whole === '' && fraction === '') return undefined;
    if (whole.length > 20) return undefined;
    total += BigInt(whole) * (nanosecondsByUnit[unit] ?? 0n) + fractionOf(fraction, unit);
    if (total > longest) return undefined;
  }
  if (total === longest && !negative) return undefined;
  return negative ? -total : total;
}

/** Digits beyond the nanosecond are cut off, not rounded. */
function fractionOf(digits: string, unit: string): bigint {
  if (digits === '') return 0n;
  const kept = digits.slice(0, 18);
  return (BigInt(kept) * (nanosecondsByUnit[unit] ?? 0n)) / 10n ** BigInt(kept.length);
}

/** Protobuf's JSON form: seconds with no, three, six or nine decimals. */
export function formatDuration(nanoseconds: bigint): string {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const sign = nanoseconds < 0n ? '-' : '';
  const seconds = size / 1_000_000_000n;
  const rest = size % 1_000_000_000n;
  if (rest === 0n) return `${sign}${seconds}s`;
  const decimals = rest
    .toString()
    .padStart(9, '0')
    .replace(/(?:000){1,2}$/, '');
  return `${sign}${seconds}.${decimals}s`;
}

/** Rewrites any notation into protobuf's, or says nothing where the text is no duration. */
export function canonicalDuration(text: string): string | undefined {
  if (/^(?:0|[1-9]\d{0,8})s$/.test(text)) return text;
  const nanoseconds = parseDuration(text);
  return nanoseconds === undefined ? undefined : formatDuration(nanoseconds);
}

/** Of a duration that has been read; text that is none counts as 0. */
export function durationToNanoseconds(duration: string): bigint {
  return parseDuration(duration) ?? 0n;
}
