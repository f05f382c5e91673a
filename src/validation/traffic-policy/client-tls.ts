import type { ClientTLSSettings } from '../../model/istio/destination-rule.ts';
import type { Field } from '../field.ts';

/** Source: istio `pkg/config/validation/agent`, ValidateTLS. */
export function validateClientTls(tls: ClientTLSSettings | undefined, field: Field, namespace: string): void {
  if (tls === undefined) return;
  field.at('credentialName').refuseIf(configMapProblem(tls.credentialName ?? '', namespace));
  if (tls.insecureSkipVerify === true) validateNothingToVerifyWith(tls, field);
  const fetchesCredential = (tls.mode === 'SIMPLE' || tls.mode === 'MUTUAL') && isSet(tls.credentialName);
  if (fetchesCredential) validateNoFiles(tls, field);
  else if (tls.mode === 'MUTUAL') validateClientCertificate(tls, field);
}

const configMapPrefix = 'configmap://';

/** A CA bundle can come from a ConfigMap of the rule's own namespace: `configmap://namespace/name`. */
function configMapProblem(credentialName: string, namespace: string): string | undefined {
  if (!credentialName.startsWith(configMapPrefix)) return undefined;
  const [ofNamespace = '', name = ''] = credentialName.slice(configMapPrefix.length).split('/');
  if (ofNamespace === '' || name === '') return `"${credentialName}" must have the form configmap://NAMESPACE/NAME.`;
  return ofNamespace === namespace ? undefined : `The ConfigMap must be in the rule's own namespace, "${namespace}".`;
}

function validateNothingToVerifyWith(tls: ClientTLSSettings, field: Field): void {
  if (tls.mode !== 'SIMPLE' && tls.mode !== 'MUTUAL') return;
  const excluded = {
    caCertificates: isSet(tls.caCertificates),
    subjectAltNames: (tls.subjectAltNames ?? []).length > 0,
    // With MUTUAL the credential holds the client's own certificate as well.
    credentialName: tls.mode === 'SIMPLE' && isSet(tls.credentialName),
  };
  for (const [name, present] of Object.entries(excluded)) {
    if (present) field.at(name).refuse(`insecureSkipVerify switches verification off; remove it or ${name}.`);
  }
}

function validateNoFiles(tls: ClientTLSSettings, field: Field): void {
  for (const name of ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl'] as const) {
    if (isSet(tls[name])) field.at(name).refuse(`credentialName names the secret that holds it; remove ${name}.`);
  }
}

function validateClientCertificate(tls: ClientTLSSettings, field: Field): void {
  const advice = 'or set credentialName, or mode ISTIO_MUTUAL to use the certificates of the mesh';
  if (!isSet(tls.clientCertificate))
    field.at('clientCertificate').refuse(`Mode MUTUAL needs a client certificate; set its path, ${advice}.`);
  if (!isSet(tls.privateKey))
    field.at('privateKey').refuse(`Mode MUTUAL needs a private key; set its path, ${advice}.`);
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}
