export const unixPrefix = 'unix://';

export function isUnixAddress(address: string): boolean {
  return address.startsWith(unixPrefix);
}

/** Checks `unix:///absolute/path`, or `unix://@name` for an abstract socket. */
export function unixAddressProblem(address: string): string | undefined {
  const path = address.slice(unixPrefix.length);
  if (path === '') return `"${address}" names no Unix domain socket; add its path.`;
  if (path.startsWith('@')) return undefined;
  if (path.startsWith('/') && !path.endsWith('/')) return undefined;
  return `"${address}" is not the absolute path of a Unix domain socket.`;
}
