import { typeUrls } from '../../xds/type-urls.ts';
import type { HttpFault, Route, VirtualHost } from '../../xds/types.ts';
import { filterConfigOf } from './filter-config.ts';
import type { HttpWalk } from './http-walk.ts';
import { mismatchOfHeader } from './match-header.ts';
import { percentOf } from './percent-of.ts';

/** What the fault filter does to this request, before the router sees it. */
export interface Fault {
  /** Every request is aborted. */
  readonly aborted?: { readonly status: number };
  /** One sentence each. */
  readonly notes: readonly string[];
}

export function injectFault(http: HttpWalk, virtualHost: VirtualHost, route: Route): Fault {
  const fault = filterConfigOf(http, [route, virtualHost], typeUrls.httpFault);
  if (!fault || !applies(fault, http)) return { notes: [] };
  const { delay, abort } = fault;
  const delayed = percentOf(delay?.percentage ?? {});
  const aborted = percentOf(abort?.percentage ?? {});
  const status = abort?.httpStatus ?? (abort?.grpcStatus === undefined ? 503 : 200);
  return {
    ...(abort && aborted >= 100 && { aborted: { status } }),
    notes: [
      ...(delay && delayed > 0 ? [`${delayed} % of the requests are delayed by ${delay.fixedDelay} (DI).`] : []),
      ...(abort && aborted > 0 ? [`${aborted} % of the requests are answered with ${status} (FI).`] : []),
    ],
  };
}

function applies({ headers = [], upstreamCluster }: HttpFault, { request }: HttpWalk): boolean {
  return (
    upstreamCluster === undefined && headers.every((header) => mismatchOfHeader(header, request.headers) === undefined)
  );
}
