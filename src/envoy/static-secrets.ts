import { typeUrls } from '../xds/type-urls.ts';
import type { DataSource } from '../xds/types.ts';
import { type JsonObject, mapObjects, without } from './map-objects.ts';
import type { ReportOmission } from './omission.ts';

/** What takes the place of the secrets that the agent beside a real proxy would serve. */
export interface Certificates {
  /** PEM: shown to clients of TLS servers, and to servers that ask for a client's certificate. */
  readonly certificateChain: DataSource;
  readonly privateKey: DataSource;
  /** PEM: whoever signs the peers' certificates. Without it no peer is verified. */
  readonly trustedCa?: DataSource;
}

const unverified = 'no trusted CA was given, so the peer’s certificate is not verified';

/** Puts certificates where istiod names secrets (SDS). */
export function makeSecretsStatic<T>(
  value: T,
  {
    certificates,
    resource,
    report,
  }: { readonly certificates?: Certificates | undefined; readonly resource: string; readonly report: ReportOmission },
): T {
  return mapObjects(value, (object) => {
    const own = withOwnCertificate(object, certificates);
    const checked = withValidation(own, certificates?.trustedCa);
    if (checked === own) return own;
    if (!checked.validationContext) report({ resource, part: 'certificate validation', reason: unverified });
    return checked;
  });
}

function withOwnCertificate(object: JsonObject, certificates: Certificates | undefined): JsonObject {
  if (!object.tlsCertificateSdsSecretConfigs) return object;
  const rest = without(object, 'tlsCertificateSdsSecretConfigs');
  if (!certificates) return rest;
  const { certificateChain, privateKey } = certificates;
  return { ...rest, tlsCertificates: [{ certificateChain, privateKey }] };
}

function withValidation(object: JsonObject, trustedCa: DataSource | undefined): JsonObject {
  const combined = object.combinedValidationContext as JsonObject | undefined;
  if (!combined && !object.validationContextSdsSecretConfig) return object;
  const rest = without(object, 'combinedValidationContext', 'validationContextSdsSecretConfig');
  if (!trustedCa) return rest;
  return {
    ...rest,
    validationContext: { ...(combined?.defaultValidationContext as JsonObject | undefined), trustedCa },
  };
}

/** Whether a filter chain ends TLS without a certificate to show, which Envoy refuses. */
export function lacksServerCertificate(chain: JsonObject): boolean {
  const config = (chain.transportSocket as JsonObject | undefined)?.typedConfig as JsonObject | undefined;
  if (config?.['@type'] !== typeUrls.downstreamTlsContext) return false;
  const common = config.commonTlsContext as JsonObject | undefined;
  return !common?.tlsCertificates && !common?.tlsCertificateSdsSecretConfigs;
}
