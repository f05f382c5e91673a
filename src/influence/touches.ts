import type { Difference } from '../diff/difference.ts';
import { formatFieldPath } from '../model/field-path.ts';

/** Whether one of the paths leads to the other's field or into it. */
export function touches(left: string, right: string): boolean {
  return left === right || leadsInto(left, right) || leadsInto(right, left);
}

function leadsInto(outer: string, inner: string): boolean {
  return inner.startsWith(outer) && ['.', '['].includes(inner.charAt(outer.length));
}

/** Whether what a path leads to, something inside it, or something around it differs. */
export function touchesDifference(difference: Difference, path: string): boolean {
  const resource = [difference.section, difference.name];
  const paths = difference.kind === 'changed' ? difference.changes.map((change) => change.path) : [resource];
  return paths.some((changed) => touches(formatFieldPath(changed), path));
}
