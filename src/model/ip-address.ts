/**
 * Whether Go's netip.ParseAddr reads the text as an IPv4 or IPv6 address: no leading zeros in IPv4, an optional zone in IPv6.
 */
export function isIpAddress(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === dot) return isIpv4(text);
    if (code === colon) return isIpv6(text);
    if (code === percent) return false;
  }
  return false;
}

const dot = 0x2e;
const colon = 0x3a;
const percent = 0x25;

/** Whether Go's netip.ParsePrefix reads the text as an address range: `10.0.0.0/8`; host bits may be set. */
export function isAddressRange(text: string): boolean {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return false;
  const address = text.slice(0, slash);
  const bits = text.slice(slash + 1);
  if (!isIpAddress(address) || address.includes('%') || !/^(?:0|[1-9][0-9]*)$/.test(bits)) return false;
  return Number(bits) <= (address.includes(':') ? 128 : 32);
}

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

function isIpv4(text: string): boolean {
  // Spares host names the expression.
  const first = text.charCodeAt(0);
  return first >= 0x30 && first <= 0x39 && ipv4.test(text);
}

function isIpv6(text: string): boolean {
  const percent = text.indexOf('%');
  if (percent >= 0) return percent < text.length - 1 && isUnzonedIpv6(text.slice(0, percent));
  return isUnzonedIpv6(text);
}

const groupsOfIpv6 = 8;

function isUnzonedIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const [before = '', after] = halves;
  // An embedded IPv4 address can only stand at the end, and counts as two groups.
  const left = countGroups(before, after === undefined);
  if (left === undefined) return false;
  if (after === undefined) return left === groupsOfIpv6;
  const right = countGroups(after, true);
  return right !== undefined && left + right < groupsOfIpv6;
}

function countGroups(text: string, mayEndInIpv4: boolean): number | undefined {
  if (text === '') return 0;
  const groups = text.split(':');
  const last = groups.at(-1) ?? '';
  const endsInIpv4 = mayEndInIpv4 && last.includes('.');
  if (endsInIpv4 && !isIpv4(last)) return undefined;
  const plain = endsInIpv4 ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return plain.length + (endsInIpv4 ? 2 : 0);
}
