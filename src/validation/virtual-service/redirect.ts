import type { HTTPRedirect } from '../../model/istio/virtual-service.ts';
import type { Field } from '../field.ts';
import { portNumberProblem } from '../values/port.ts';

export function validateRedirect(redirect: HTTPRedirect | undefined, field: Field): void {
  if (redirect === undefined) return;
  const { uri = '', authority = '', scheme = '', redirectCode = 0, port = 0 } = redirect;
  const choosesPort = redirect.port !== undefined || redirect.derivePort !== undefined;
  if (uri === '' && authority === '' && scheme === '' && !choosesPort) {
    field.refuse('The redirect leads nowhere else; set uri, authority, port, derivePort or scheme.');
  }
  if (redirectCode !== 0 && (redirectCode < 300 || redirectCode > 399)) {
    field.at('redirectCode').refuse(`${redirectCode} is not a status for a redirect, between 300 and 399.`);
  }
  if (scheme !== '' && scheme !== 'http' && scheme !== 'https') {
    field.at('scheme').refuse(`"${scheme}" must be "http" or "https".`);
  }
  if (port !== 0) field.at('port').refuseIf(portNumberProblem(port));
}
