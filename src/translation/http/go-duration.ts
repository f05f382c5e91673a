import type { Duration } from '../../xds/types.ts';

const nanosecondsPerUnit: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Reads Go's notation (`1h30m`, `250ms`) of a node's metadata; absent where it is something else. */
export function parseGoDuration(text: string): Duration | undefined {
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (body === '0') return '0s';
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(body)) return undefined;
  let nanoseconds = 0;
  for (const [, amount, unit] of body.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)) {
    nanoseconds += Math.round(Number(amount) * (nanosecondsPerUnit[unit ?? ''] ?? 0));
  }
  return `${nanoseconds > 0 ? sign.replace('+', '') : ''}${secondsText(nanoseconds)}s`;
}

/** Canonical proto3 JSON: 0, 3, 6 or 9 decimals. */
function secondsText(nanoseconds: number): string {
  const seconds = Math.floor(nanoseconds / 1e9);
  const rest = String(nanoseconds % 1e9).padStart(9, '0');
  if (/^0+$/.test(rest)) return String(seconds);
  return `${seconds}.${rest.replace(/(000){1,2}$/, '')}`;
}
