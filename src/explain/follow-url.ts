import type { Request } from '../model/scenario.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { type ExplainOptions, explain } from './explain.ts';
import type { Explanation } from './explanation.ts';
import type { RequestUrl } from './read-url.ts';
import type { Resolution } from './resolution.ts';
import { resolve } from './resolve.ts';

/** A URL's way: how its name is resolved, and where the connection to that address goes. */
export interface Trace {
  readonly url: string;
  readonly resolution: Resolution;
  readonly request: Request;
  readonly explanation: Explanation;
  /** What the whole mesh knows and this proxy does not, one sentence each. */
  readonly hints?: readonly string[];
  /** The connection's next proxy, where the route leads to one that is simulated too. */
  readonly onward?: Onward;
}

/** The same connection at the next proxy. */
export interface Onward {
  /** `namespace/name` of the gateway or waypoint. */
  readonly proxy: string;
  readonly request: Request;
  readonly explanation: Explanation;
  readonly onward?: Onward;
}

/** What the command line and documentation add to a URL. */
export type RequestDetails = Partial<
  Pick<Request, 'address' | 'sni' | 'alpn' | 'host' | 'method' | 'headers' | 'protocol'>
>;

/** A Host header names the virtual host; the URL still says where to connect. */
function hostHeader({ headers = {} }: RequestDetails): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1];
}

/** Asks for the name's address first, as the application would, and follows the connection there. */
export function followUrl(
  snapshot: Snapshot,
  { text, host, request }: RequestUrl,
  details: RequestDetails = {},
  options: ExplainOptions = {},
): Trace {
  const resolution = resolve(snapshot, host);
  const [address] = 'addresses' in resolution ? resolution.addresses : [];
  const named = hostHeader(details);
  const sent: Request = {
    ...(address !== undefined && { address }),
    ...request,
    ...(named !== undefined && request.host !== undefined && { host: named }),
    ...details,
  };
  return { url: text, resolution, request: sent, explanation: explain(snapshot, sent, options) };
}
