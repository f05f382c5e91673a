import type { RouteMatch } from '../../xds/types.ts';
import type { Target } from './destination.ts';
import { hostAndPort } from './domains.ts';

export interface RouteOperation {
  readonly match: RouteMatch;
  /** Absent where weights decide, or where the request is answered. */
  readonly target: Target;
  /** Of the VirtualService. */
  readonly name: string;
  readonly listenerPort: number;
}

/** What traces call the operation: the destination, or the VirtualService where there is not one destination, and the path. */
export function operationOf({ match, target, name, listenerPort }: RouteOperation): string {
  const place = target ? `${target.hostname}:${target.port}` : `${name}:${listenerPort}`;
  return `${place}${pathOf(match)}`;
}

/** The operation of a route that takes all requests for a service. */
export function serviceOperation(hostname: string, port: number): string {
  return `${hostAndPort(hostname, port)}/*`;
}

function pathOf({ prefix, path, safeRegex }: RouteMatch): string {
  if (prefix !== undefined) return `${prefix}*`;
  return path ?? safeRegex?.regex ?? '/*';
}
