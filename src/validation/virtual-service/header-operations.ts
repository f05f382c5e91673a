import type { HeaderOperations, Headers, HTTPRoute } from '../../model/istio/virtual-service.ts';
import { type Field, forEachEntry, forEachItem } from '../field.ts';
import { changedHeaderNameProblem, isAuthorityHeader, writtenRequestHeaderNameProblem } from '../values/header-name.ts';
import { headerValueProblem } from '../values/header-value.ts';

export function validateHeaders(headers: Headers | undefined, field: Field): void {
  if (headers === undefined) return;
  validateOperations(headers.request, field.at('request'), writtenRequestHeaderNameProblem);
  validateOperations(headers.response, field.at('response'), changedHeaderNameProblem);
}

function validateOperations(
  operations: HeaderOperations | undefined,
  field: Field,
  writtenNameProblem: (name: string) => string | undefined,
): void {
  if (operations === undefined) return;
  for (const operation of ['add', 'set'] as const) {
    forEachEntry(operations[operation], field.at(operation), (name, value, at) => {
      at.refuseIf(writtenNameProblem(name));
      at.refuseIf(headerValueProblem(value));
    });
  }
  forEachItem(operations.remove, field.at('remove'), (name, at) => {
    at.refuseIf(changedHeaderNameProblem(name));
  });
}

/** The authority can be rewritten, set as a header or added as one, but only once. */
export function validateAuthorityIsSetOnce(route: HTTPRoute, field: Field): void {
  const operations = route.headers?.request;
  if (operations === undefined) return;
  let current = route.rewrite?.authority ?? '';
  for (const operation of ['set', 'add'] as const) {
    for (const [name, value] of Object.entries(operations[operation] ?? {})) {
      if (!isAuthorityHeader(name)) continue;
      if (current !== '') {
        field
          .at('headers')
          .at('request')
          .at(operation)
          .at(name)
          .refuse(`The authority is set to "${current}" already; remove one of the two.`);
        return;
      }
      current = value;
    }
  }
}
