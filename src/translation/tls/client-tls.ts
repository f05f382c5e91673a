import type { ClientTLSSettings } from '../../model/istio/destination-rule.ts';
import type { MutualTlsMode } from '../../registry/peer-authentication.ts';
import type { Draft } from '../../xds/draft.ts';

/** The TLS that a cluster originates, and whether a user asked for it or istiod found it out (auto mTLS). */
export interface ClientTls {
  readonly settings: ClientTLSSettings;
  readonly origin: 'user' | 'detected';
}

/** Certificates named in the proxy's node metadata, which take the place of the agent's. */
export interface ProxyCertificates {
  readonly clientCertificate: string;
  readonly privateKey: string;
  readonly caCertificates: string;
}

export function readProxyCertificates(metadata: Readonly<Record<string, unknown>>): ProxyCertificates | undefined {
  const text = (key: string): string => (typeof metadata[key] === 'string' ? metadata[key] : '');
  const clientCertificate = text('TLS_CLIENT_CERT_CHAIN');
  if (clientCertificate === '') return undefined;
  return {
    clientCertificate,
    privateKey: text('TLS_CLIENT_KEY'),
    caCertificates: text('TLS_CLIENT_ROOT_CERT'),
  };
}

export interface ClientTlsInput {
  /** What the DestinationRule says for this port and subset, if anything. */
  readonly settings: ClientTLSSettings | undefined;
  readonly proxyCertificates: ProxyCertificates | undefined;
  /** Identities of the service's workloads. */
  readonly subjectAltNames: readonly string[];
  /** SNI for mutual TLS inside the mesh where the rule names none; absent for a dynamic forward proxy. */
  readonly sni: string | undefined;
  readonly autoMutualTls: boolean;
  readonly meshExternal: boolean;
  /** What the service accepts; absent for one outside the mesh. */
  readonly serviceMode: MutualTlsMode | undefined;
}

/**
 * Decides on the TLS of an outbound cluster. ISTIO_MUTUAL is completed with the SNI and identities that istiod knows;
 * without a setting, auto mTLS applies to services of the mesh that do not refuse it.
 * Source: istio `pilot/pkg/networking/core/cluster_tls.go`, buildUpstreamTLSSettings.
 */
export function selectClientTls(input: ClientTlsInput): ClientTls | undefined {
  const { settings } = input;
  if (settings) return { settings: completeSettings(settings, input), origin: 'user' };

  const { meshExternal, autoMutualTls, serviceMode } = input;
  if (meshExternal || !autoMutualTls || serviceMode === undefined || serviceMode === 'DISABLE') return undefined;
  return { settings: detectedSettings(input), origin: 'detected' };
}

function completeSettings(settings: ClientTLSSettings, input: ClientTlsInput): ClientTLSSettings {
  const mode = settings.mode ?? 'DISABLE';
  if (mode === 'DISABLE' || mode === 'SIMPLE') return settings;
  const { proxyCertificates, meshExternal } = input;
  if (proxyCertificates) {
    // The upstream outside the mesh may not trust the proxy's own certificates: what the rule says stands.
    if (meshExternal) return settings;
    const { subjectAltNames, sni, insecureSkipVerify } = settings;
    return mutualSettings(proxyCertificates, { subjectAltNames, sni, insecureSkipVerify });
  }
  if (mode !== 'ISTIO_MUTUAL') return settings;
  return withIdentity(
    { mode: 'ISTIO_MUTUAL' },
    {
      subjectAltNames: settings.subjectAltNames?.length ? settings.subjectAltNames : input.subjectAltNames,
      sni: settings.sni || input.sni,
      insecureSkipVerify: settings.insecureSkipVerify,
    },
  );
}

function detectedSettings({ proxyCertificates, subjectAltNames, sni }: ClientTlsInput): ClientTLSSettings {
  if (proxyCertificates) return mutualSettings(proxyCertificates, { subjectAltNames, sni });
  return withIdentity({ mode: 'ISTIO_MUTUAL' }, { subjectAltNames, sni });
}

interface Identity {
  readonly subjectAltNames?: readonly string[] | undefined;
  readonly sni?: string | undefined;
  readonly insecureSkipVerify?: boolean | undefined;
}

function mutualSettings(certificates: ProxyCertificates, identity: Identity): ClientTLSSettings {
  return withIdentity({ mode: 'MUTUAL', ...certificates }, identity);
}

function withIdentity(
  settings: Draft<ClientTLSSettings>,
  { subjectAltNames, sni, insecureSkipVerify }: Identity,
): ClientTLSSettings {
  if (subjectAltNames) settings.subjectAltNames = subjectAltNames;
  if (sni !== undefined) settings.sni = sni;
  if (insecureSkipVerify !== undefined) settings.insecureSkipVerify = insecureSkipVerify;
  return settings;
}
