import type { Abort, Delay, HTTPFaultInjection } from '../../model/istio/virtual-service.ts';
import { grpcStatuses } from '../../model/status-code.ts';
import { typeUrls } from '../../xds/type-urls.ts';
import type { AnyOf, FaultAbort, FaultDelay } from '../../xds/types.ts';
import { fractionOf, wholePercent } from './fraction.ts';

export const faultFilterName = 'envoy.filters.http.fault';

/** Envoy's message HTTPFault: delays and aborts. Kinds that Envoy cannot produce (exponential delays) are left out. */
export function buildFault(fault: HTTPFaultInjection): AnyOf<'envoy.extensions.filters.http.fault.v3.HTTPFault'> {
  const delay = fault.delay && buildDelay(fault.delay);
  const abort = fault.abort && buildAbort(fault.abort);
  return { '@type': typeUrls.httpFault, ...(delay && { delay }), ...(abort && { abort }) };
}

function buildDelay({ fixedDelay, percentage, percent = 0 }: Delay): FaultDelay | undefined {
  if (fixedDelay === undefined) return undefined;
  return { fixedDelay, percentage: percentage ? fractionOf(percentage) : wholePercent(percent) };
}

function buildAbort({ httpStatus, grpcStatus, percentage }: Abort): FaultAbort | undefined {
  const share = percentage && { percentage: fractionOf(percentage) };
  if (httpStatus !== undefined) return { httpStatus, ...share };
  if (grpcStatus !== undefined) return { grpcStatus: grpcStatuses.indexOf(grpcStatus), ...share };
  return undefined;
}
