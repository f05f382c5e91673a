import type { HTTPMatchRequest } from '../../model/istio/virtual-service.ts';
import { type Field, forEachEntry } from '../field.ts';
import { isDnsLabel } from '../values/dns-label.ts';
import { matchedHeaderNameProblem } from '../values/header-name.ts';
import { validateLabels } from '../values/labels.ts';
import { portNumberProblem } from '../values/port.ts';
import { validateGatewayNames } from './gateway-name.ts';
import { validateRegularExpressionMatch, validateStringMatch } from './string-match.ts';

export function validateHttpMatch(match: HTTPMatchRequest, field: Field): void {
  validateMatchedHeaders(match, field);
  // An empty prefix of the path matches everything; elsewhere Envoy does not take one.
  validateRegularExpressionMatch(match.uri, field.at('uri'));
  validateStringMatch(match.scheme, field.at('scheme'));
  validateStringMatch(match.method, field.at('method'));
  validateStringMatch(match.authority, field.at('authority'));
  forEachEntry(match.queryParams, field.at('queryParams'), (_, value, at) => {
    validateStringMatch(value, at);
  });
  validateSource(match, field);
}

function validateMatchedHeaders(match: HTTPMatchRequest, field: Field): void {
  forEachEntry(match.headers, field.at('headers'), (name, value, at) => {
    at.refuseIf(matchedHeaderNameProblem(name));
    validateStringMatch(value, at);
  });
  forEachEntry(match.withoutHeaders, field.at('withoutHeaders'), (name, value, at) => {
    at.refuseIf(matchedHeaderNameProblem(name));
    // Not an expression, but Istio's way to ask for the absence of the header.
    if (value.regex !== '*') validateStringMatch(value, at);
  });
}

function validateSource(match: HTTPMatchRequest, field: Field): void {
  const { port = 0, sourceNamespace = '' } = match;
  if (port !== 0) field.at('port').refuseIf(portNumberProblem(port));
  validateLabels(match.sourceLabels, field.at('sourceLabels'));
  validateGatewayNames(match.gateways, field.at('gateways'));
  if (sourceNamespace !== '' && !isDnsLabel(sourceNamespace)) {
    field.at('sourceNamespace').refuse(`"${sourceNamespace}" is not the name of a namespace.`);
  }
}
