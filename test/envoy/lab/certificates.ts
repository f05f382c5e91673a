import type { Certificates } from '../../../src/envoy/to-bootstrap.ts';

/** Certificates as texts inside the configuration. */
export function inline({
  certificate,
  privateKey,
  authority,
}: {
  readonly certificate: string;
  readonly privateKey: string;
  readonly authority?: string;
}): Certificates {
  return {
    certificateChain: { inlineString: certificate },
    privateKey: { inlineString: privateKey },
    ...(authority !== undefined && { trustedCa: { inlineString: authority } }),
  };
}
