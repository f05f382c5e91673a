import type { Snapshot } from '../xds/snapshot.ts';
import type { Explanation } from './explanation.ts';
import { followInternalListener } from './follow-internal-listener.ts';
import { type Request, readRequest } from './request.ts';
import { enterProxy } from './select-listener.ts';

export interface ExplainOptions {
  /**
   * Paths of files that exist beside the proxy, besides the system's certificates. Envoy refuses a cluster that
   * names a file which is missing, a certificate revocation list for example.
   */
  readonly files?: readonly string[];
}

/** Where the proxy image keeps the certificates of public authorities. */
const systemFiles: readonly string[] = ['/etc/ssl/certs/ca-certificates.crt'];

/**
 * Follows one connection through a snapshot, as Envoy would, and says at each step what was chosen, why,
 * and why the other candidates were not. Never throws, and looks nothing up outside the snapshot.
 *
 * @example
 * explain(translate(manifests), { port: 80, protocol: 'http', host: 'api.example.com' }).cluster;
 * // 'outbound|80||api.example.com'
 */
export function explain(snapshot: Snapshot, request: Request, options: ExplainOptions = {}): Explanation {
  const found = enterProxy({
    snapshot,
    connection: readRequest(request),
    decrypted: false,
    files: new Set([...systemFiles, ...(options.files ?? [])]),
    hops: 0,
    enterInternalListener: followInternalListener,
  });
  return inOrder(found);
}

/** The fields in the order of the connection's way, for printing. */
function inOrder(found: Explanation): Explanation {
  const { listener, filterChain, filterChainName, routeConfig, virtualHost, route } = found;
  const { cluster, weightedClusters, responseFlag, responseCode, forwarded, outcome, cause, steps } = found;
  return {
    ...(listener !== undefined && { listener }),
    ...(filterChain !== undefined && { filterChain }),
    ...(filterChainName !== undefined && { filterChainName }),
    ...(routeConfig !== undefined && { routeConfig }),
    ...(virtualHost !== undefined && { virtualHost }),
    ...(route !== undefined && { route }),
    ...(cluster !== undefined && { cluster }),
    ...(weightedClusters !== undefined && { weightedClusters }),
    ...(responseFlag !== undefined && { responseFlag }),
    ...(responseCode !== undefined && { responseCode }),
    ...(forwarded && { forwarded }),
    outcome,
    ...(cause !== undefined && { cause }),
    steps,
  };
}
