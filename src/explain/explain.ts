import type { Snapshot } from '../xds/snapshot.ts';
import type { Explanation } from './explanation.ts';
import { type Request, readRequest } from './request.ts';

/** Follows one connection through a snapshot, as Envoy would, and says why at every step. */
export function explain(snapshot: Snapshot, request: Request): Explanation {
  void snapshot;
  void readRequest(request);
  return { outcome: 'no-listener', steps: [] };
}
