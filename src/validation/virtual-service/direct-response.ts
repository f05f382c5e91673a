import type { HTTPBody, HTTPDirectResponse } from '../../model/istio/virtual-service.ts';
import type { Field } from '../field.ts';
import { httpStatusProblem } from '../values/http-status.ts';
import { utf8Length } from '../values/utf8-length.ts';

const bytesPerKilobyte = 1024;
const largestBodyKilobytes = 1024;
const largeBodyKilobytes = 100;

export function validateDirectResponse(response: HTTPDirectResponse | undefined, field: Field): void {
  if (response === undefined) return;
  const kilobytes = bodySizeBytes(response.body) / bytesPerKilobyte;
  if (kilobytes > largestBodyKilobytes)
    field.at('body').refuse('The body is larger than 1 MB; serve it from a workload.');
  else if (kilobytes > largeBodyKilobytes) {
    field
      .at('body')
      .warn(`The body is larger than ${largeBodyKilobytes} kB and is sent to every proxy; serve it from a workload.`);
  }
  field.at('status').refuseIf(httpStatusProblem(response.status));
}

function bodySizeBytes(body: HTTPBody | undefined): number {
  if (body?.string !== undefined) return utf8Length(body.string);
  const base64 = (body?.bytes ?? '').replace(/=+$/, '');
  return Math.floor((base64.length * 3) / 4);
}
