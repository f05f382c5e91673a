import { followUrl, type RequestDetails, type Trace } from '../explain/follow-url.ts';
import { readUrl } from '../explain/read-url.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { ExampleError } from './example-error.ts';

/** Follows a URL as an author writes it into a page; a mistake in it breaks the example. */
export function traceUrl(snapshot: Snapshot, text: string, details: RequestDetails): Trace {
  const url = readUrl(text);
  if ('problem' in url) throw new ExampleError(url.problem);
  return followUrl(snapshot, url, details);
}
