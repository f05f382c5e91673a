export function duration(milliseconds: number): string {
  if (milliseconds >= 1_000) return `${(milliseconds / 1_000).toFixed(2)} s`;
  if (milliseconds >= 1) return `${milliseconds.toFixed(milliseconds >= 10 ? 0 : 1)} ms`;
  return `${(milliseconds * 1_000).toFixed(0)} µs`;
}

export function times(factor: number): string {
  return factor < 0.1 ? factor.toFixed(4) : factor.toFixed(factor < 10 ? 2 : 1);
}

export function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1_024).toFixed(0)} KB`;
}

export function megabytes(number: number): string {
  return `${number.toFixed(0)} MB`;
}

export function count(number: number): string {
  return number.toLocaleString('en');
}
