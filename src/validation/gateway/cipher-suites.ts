import { isCipherSuite } from '../../model/cipher-suite.ts';
import type { ServerTLSSettings } from '../../model/istio/gateway.ts';
import { type Field, forEachItem } from '../field.ts';

/** Warns of cipher suites that are unknown, doubled, or missing for the lowest TLS version. */
export function validateCipherSuites(tls: ServerTLSSettings, field: Field): void {
  const suites = tls.cipherSuites ?? [];
  const lowest = tls.minProtocolVersion;
  if ((lowest === 'TLSV1_0' || lowest === 'TLSV1_1') && suites.length === 0) {
    field
      .at('minProtocolVersion')
      .warn(`None of the default cipher suites works with ${lowest}; set cipherSuites, or TLSV1_2.`);
  }
  const seen = new Set<string>();
  forEachItem(suites, field.at('cipherSuites'), (suite, at) => {
    if (!isCipherSuite(suite)) at.warn(`Cipher suite "${suite}" is unknown and ignored; remove it.`);
    else if (seen.has(suite)) at.warn(`Cipher suite "${suite}" is listed twice; remove one.`);
    seen.add(suite);
  });
}
