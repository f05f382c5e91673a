import type { HttpConnectionManager, RouteConfiguration } from '../../xds/types.ts';
import type { Walk } from '../walk.ts';
import type { HttpRequest } from './http-request.ts';

/** What the steps of routing need to know of each other. */
export interface HttpWalk {
  readonly walk: Walk;
  readonly manager: HttpConnectionManager;
  readonly routes: RouteConfiguration;
  readonly request: HttpRequest;
}
