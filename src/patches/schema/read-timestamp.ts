const rfc3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** Rewrites a time into protobuf's form: UTC, with no, three, six or nine decimals. */
export function readTimestamp(text: string): string | undefined {
  const [, seconds, fraction = '', zone] = rfc3339.exec(text) ?? [];
  if (seconds === undefined) return undefined;
  const milliseconds = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(milliseconds)) return undefined;
  const decimals = fraction.padEnd(9, '0').replace(/(?:000){1,3}$/, '');
  const utc = new Date(milliseconds).toISOString().slice(0, 19);
  return `${utc}${decimals === '' ? '' : `.${decimals}`}Z`;
}
