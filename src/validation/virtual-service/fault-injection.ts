import type { Abort, Delay, HTTPFaultInjection } from '../../model/istio/virtual-service.ts';
import { grpcStatuses } from '../../model/status-code.ts';
import type { Field } from '../field.ts';
import { durationProblem } from '../values/duration-problem.ts';
import { httpStatusProblem } from '../values/http-status.ts';
import { fractionalPercentProblem } from '../values/percentage.ts';

export function validateFaultInjection(fault: HTTPFaultInjection | undefined, field: Field): void {
  if (fault === undefined) return;
  if (fault.abort === undefined && fault.delay === undefined) field.refuse('The fault is empty; add abort or delay.');
  validateAbort(fault.abort, field.at('abort'));
  validateDelay(fault.delay, field.at('delay'));
}

function validateAbort(abort: Abort | undefined, field: Field): void {
  if (abort === undefined) return;
  field.at('percentage').at('value').refuseIf(fractionalPercentProblem(abort.percentage?.value));
  if (abort.http2Error !== undefined)
    field.at('http2Error').refuse('Istio cannot abort with HTTP/2 errors; set httpStatus or grpcStatus.');
  if (abort.httpStatus !== undefined) field.at('httpStatus').refuseIf(httpStatusProblem(abort.httpStatus));
  if (abort.grpcStatus !== undefined && !grpcStatuses.includes(abort.grpcStatus)) {
    field.at('grpcStatus').refuse(`"${abort.grpcStatus}" is no gRPC status; use a name such as NOT_FOUND.`);
  }
}

function validateDelay(delay: Delay | undefined, field: Field): void {
  if (delay === undefined) return;
  field.at('percentage').at('value').refuseIf(fractionalPercentProblem(delay.percentage?.value));
  field.at('fixedDelay').refuseIf(durationProblem(delay.fixedDelay));
  if (delay.exponentialDelay !== undefined)
    field.at('exponentialDelay').refuse('Istio has no exponential delays; set fixedDelay.');
}
