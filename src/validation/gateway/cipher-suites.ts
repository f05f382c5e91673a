import type { ServerTLSSettings } from '../../model/istio/gateway.ts';
import { type Field, forEachItem } from '../field.ts';

const known: ReadonlySet<string> = new Set([
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
  'DES-CBC3-SHA',
]);

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
    if (!isKnown(suite)) at.warn(`Cipher suite "${suite}" is unknown and ignored; remove it.`);
    else if (seen.has(suite)) at.warn(`Cipher suite "${suite}" is listed twice; remove one.`);
    seen.add(suite);
  });
}

/** Expressions such as `-ALL` and `[A|B]` are BoringSSL's to read. */
function isKnown(suite: string): boolean {
  return suite === '' || suite === 'ALL' || !/^[\p{L}\p{N}]/u.test(suite) || known.has(suite);
}
