import type { ClientTLSSettings } from '../../model/istio/destination-rule.ts';
import type { UpstreamHttpProtocolOptions } from '../../xds/types.ts';

/** How the name in the request takes part in TLS: it becomes the SNI, and the certificate must bear it. */
export interface ServerIdentity {
  readonly autoSni: boolean;
  readonly autoSanValidation: boolean;
}

/**
 * SNI and certificate name follow the request's host wherever the DestinationRule does not fix them. A dynamic forward
 * proxy always verifies the name, since it has no fixed upstream.
 * Source: istio `pilot/pkg/networking/core/cluster_tls.go`, setAutoSniAndAutoSanValidation.
 */
export function planServerIdentity(settings: ClientTLSSettings, isDynamic: boolean): ServerIdentity {
  const autoSni = !settings.sni;
  const namesNoSans = !settings.subjectAltNames?.length;
  return {
    autoSni,
    autoSanValidation: !settings.insecureSkipVerify && (isDynamic || (autoSni && namesNoSans)),
  };
}

/** Envoy refuses a dynamic forward proxy that does not check both, unless told that this is meant. */
export function isInsecureDynamicForwardProxy({ autoSni, autoSanValidation }: ServerIdentity): boolean {
  return !autoSni || !autoSanValidation;
}

export function upstreamHttpOptions({
  autoSni,
  autoSanValidation,
}: ServerIdentity): UpstreamHttpProtocolOptions | undefined {
  if (!autoSni && !autoSanValidation) return undefined;
  return { ...(autoSni && { autoSni }), ...(autoSanValidation && { autoSanValidation }) };
}
