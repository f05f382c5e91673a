import type { FieldPath } from '../model/field-path.ts';
import { hostnamesMatch } from '../model/hostname.ts';
import { parseResourceName } from '../xds/resource-name.ts';
import type { InputObject } from './input-object.ts';

/** Which objects a cluster or load assignment is most likely made from: those in which its host has any name. All, for other outputs. */
export function likelyBehind([section, name]: FieldPath): (object: InputObject) => boolean {
  const target = section === 'clusters' || section === 'endpoints' ? parseResourceName(String(name)) : undefined;
  if (target?.direction !== 'outbound' || target.hostname === '') return () => true;
  return ({ reference, value }) => !followsHosts.has(reference.kind) || mentions(value, target.hostname);
}

/** Resources of other kinds are few, and can have to do with every host. */
const followsHosts: ReadonlySet<string> = new Set(['ServiceEntry', 'DestinationRule', 'VirtualService']);

function mentions(value: unknown, hostname: string): boolean {
  if (typeof value === 'string') return isNameFor(value.toLowerCase(), hostname);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key !== 'exportTo' && mentions(inner, hostname));
}

/** The name itself, a wildcard over it, what contains it, or its short form. */
function isNameFor(text: string, hostname: string): boolean {
  return text.includes(hostname) || hostnamesMatch(text, hostname) || hostname.startsWith(`${text}.`);
}
