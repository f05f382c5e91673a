import type { IssuedCertificate } from '../../../src/envoy/issue-certificate.ts';
import type { Certificates } from '../../../src/envoy/to-bootstrap.ts';

/** The proxy's certificate as texts inside the configuration; with an authority it verifies its peers. */
export function certificatesOf(own: IssuedCertificate, authority?: IssuedCertificate): Certificates {
  return {
    certificateChain: { inlineString: own.certificate },
    privateKey: { inlineString: own.privateKey },
    ...(authority && { trustedCa: { inlineString: authority.certificate } }),
  };
}
