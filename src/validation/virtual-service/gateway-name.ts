import type { Field } from '../field.ts';
import { isDnsLabel } from '../values/dns-label.ts';
import { hostNameProblem } from '../values/host-name.ts';

/**
 * Checks references to gateways: `namespace/name`, or a name alone.
 * istiod looks no further than the first one without a namespace, so what follows it is not checked.
 */
export function validateGatewayNames(
  names: readonly string[] | undefined,
  field: Field,
  isFromGatewayApi = false,
): void {
  if (names === undefined) return;
  for (const [index, name] of names.entries()) {
    const at = field.at(index);
    const slash = name.indexOf('/');
    if (slash < 0) {
      warnOfDottedName(name, at);
      at.refuseIf(hostNameProblem(name));
      return;
    }
    if (
      !isDnsLabel(name.slice(0, slash)) ||
      !(isDnsLabel(name.slice(slash + 1)) || (isFromGatewayApi && slash < name.length - 1))
    ) {
      at.refuse(`"${name}" must have the form NAMESPACE/NAME.`);
    }
  }
}

function warnOfDottedName(name: string, field: Field): void {
  const [gateway = '', namespace] = name.split('.');
  if (namespace !== undefined) field.warn(`Write "${namespace}/${gateway}"; the form with dots is an old one.`);
}
