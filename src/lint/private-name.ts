/**
 * Names that the public DNS does not know: single labels, and what RFC 6761, RFC 6762, RFC 8375 and custom have set apart.
 */
const privateSuffixes = [
  'corp',
  'example',
  'global',
  'home',
  'home.arpa',
  'internal',
  'intranet',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'mesh',
  'private',
  'test',
];

/** Whether no public DNS server, and no public certificate authority, knows the name. */
export function isPrivateName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return !name.includes('.') || privateSuffixes.some((suffix) => name.endsWith(`.${suffix}`));
}
