import type { ServerTLSSettings, TLSCertificate } from '../../model/istio/gateway.ts';
import { type Field, forEachItem } from '../field.ts';
import { validateCipherSuites } from './cipher-suites.ts';

/** Source: istio `pkg/config/validation/validation.go`, validateTLSOptions. */
export function validateServerTls(tls: ServerTLSSettings | undefined, field: Field): void {
  if (tls === undefined) return;
  validateCipherSuites(tls, field);
  const { mode = 'PASSTHROUGH' } = tls;
  if (mode === 'ISTIO_MUTUAL') {
    validateMeshCertificatesOnly(tls, field);
    return;
  }
  if (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') warnOfUnusedCertificates(tls, field);
  validateOneSource(tls, field);
  if (isTerminating(mode) && namesCredentials(tls)) return;
  if (isTerminating(mode)) validateFiles(tls, field, mode);
  validateRevocationList(tls, field);
}

const certificateSources = [
  'serverCertificate',
  'privateKey',
  'caCertificates',
  'tlsCertificates',
  'credentialName',
  'credentialNames',
] as const;

/** The mesh's own certificates come from the agent. */
function validateMeshCertificatesOnly(tls: ServerTLSSettings, field: Field): void {
  for (const name of certificateSources) {
    if (isSet(tls[name])) field.at(name).refuse(`Mode ISTIO_MUTUAL uses the certificates of the mesh; remove ${name}.`);
  }
}

function warnOfUnusedCertificates(tls: ServerTLSSettings, field: Field): void {
  for (const name of [...certificateSources, 'caCrl'] as const) {
    if (isSet(tls[name]))
      field.at(name).warn(`Mode ${tls.mode ?? 'PASSTHROUGH'} uses no certificates; remove ${name} or change the mode.`);
  }
}

function validateOneSource(tls: ServerTLSSettings, field: Field): void {
  const sources = [
    isSet(tls.serverCertificate) && isSet(tls.privateKey),
    isSet(tls.credentialName),
    isSet(tls.credentialNames),
    isSet(tls.tlsCertificates),
  ];
  if (sources.filter((present) => present).length > 1) {
    field.refuse(
      'The certificate has several sources; keep one of credentialName, credentialNames, tlsCertificates, and serverCertificate with privateKey.',
    );
  }
}

function isTerminating(mode: NonNullable<ServerTLSSettings['mode']>): boolean {
  return mode === 'SIMPLE' || mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL';
}

function namesCredentials(tls: ServerTLSSettings): boolean {
  return isSet(tls.credentialName) || isSet(tls.credentialNames);
}

function validateFiles(tls: ServerTLSSettings, field: Field, mode: string): void {
  if (mode !== 'SIMPLE' && !isSet(tls.caCertificates)) {
    field
      .at('caCertificates')
      .refuse(`Mode ${mode} checks clients' certificates; set the path of a CA bundle, or credentialName.`);
  }
  const certificates = tls.tlsCertificates ?? [];
  if (certificates.length > 2)
    field.at('tlsCertificates').warn('Only two certificates are used, one RSA and one ECDSA; remove the others.');
  if (certificates.length === 0) validateCertificateFiles(tls, field, mode);
  forEachItem(certificates, field.at('tlsCertificates'), (certificate, at) => {
    validateCertificateFiles(certificate, at, mode);
  });
}

function validateCertificateFiles(
  files: Pick<TLSCertificate, 'serverCertificate' | 'privateKey'>,
  field: Field,
  mode: string,
): void {
  for (const name of ['serverCertificate', 'privateKey'] as const) {
    if (!isSet(files[name]))
      field
        .at(name)
        .refuse(`Mode ${mode} needs a certificate and its key; set the path of ${name}, or credentialName.`);
  }
}

function validateRevocationList(tls: ServerTLSSettings, field: Field): void {
  if (!isSet(tls.caCrl)) return;
  if (isSet(tls.credentialName))
    field.at('caCrl').refuse('The revocation list belongs into the secret that credentialName names; remove caCrl.');
  if (tls.mode === 'SIMPLE')
    field.at('caCrl').refuse("Mode SIMPLE does not check clients' certificates; remove caCrl.");
}

function isSet(value: string | readonly unknown[] | undefined): boolean {
  return value !== undefined && value.length > 0;
}
