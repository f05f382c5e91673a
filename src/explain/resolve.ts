import type { Snapshot } from '../xds/snapshot.ts';
import type { Resolution } from './resolution.ts';

/** What the application's DNS lookup returns: the address from the DNS proxy, or "asks upstream". */
export function resolve(snapshot: Pick<Snapshot, 'nameTable'>, host: string): Resolution {
  void snapshot;
  return { host, answeredBy: 'upstream', reason: 'The DNS proxy does not know the name.' };
}
