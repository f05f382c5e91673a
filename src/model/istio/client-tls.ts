import { bool, enumeration, type Infer, list, message, string } from './schema.ts';

export const tlSmode = enumeration({ DISABLE: 0, SIMPLE: 1, MUTUAL: 2, ISTIO_MUTUAL: 3 });
export type TLSmode = Infer<typeof tlSmode>;

export const clientTLSSettings = message('ClientTLSSettings', {
  mode: tlSmode,
  clientCertificate: string(),
  privateKey: string(),
  caCertificates: string(),
  credentialName: string(),
  subjectAltNames: list(string()),
  sni: string(),
  insecureSkipVerify: bool(),
  caCrl: string(),
});
export interface ClientTLSSettings extends Infer<typeof clientTLSSettings> {}
