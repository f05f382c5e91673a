import { bool, enumeration, type Infer, list, map, message, string, uint32 } from './schema.ts';

export const serverTLSSettingsTLSmode = enumeration({
  PASSTHROUGH: 0,
  SIMPLE: 1,
  MUTUAL: 2,
  AUTO_PASSTHROUGH: 3,
  ISTIO_MUTUAL: 4,
  OPTIONAL_MUTUAL: 5,
});
export type ServerTLSSettingsTLSmode = Infer<typeof serverTLSSettingsTLSmode>;

export const tlsCertificate = message('TLSCertificate', {
  serverCertificate: string(),
  privateKey: string(),
  caCertificates: string(),
});
export interface TLSCertificate extends Infer<typeof tlsCertificate> {}

export const tlsProtocol = enumeration({ TLS_AUTO: 0, TLSV1_0: 1, TLSV1_1: 2, TLSV1_2: 3, TLSV1_3: 4 });
export type TLSProtocol = Infer<typeof tlsProtocol>;

export const serverTLSSettings = message('ServerTLSSettings', {
  httpsRedirect: bool(),
  mode: serverTLSSettingsTLSmode,
  serverCertificate: string(),
  privateKey: string(),
  caCertificates: string(),
  caCrl: string(),
  credentialName: string(),
  credentialNames: list(string()),
  caCertCredentialName: string(),
  tlsCertificates: list(tlsCertificate),
  subjectAltNames: list(string()),
  verifyCertificateSpki: list(string()),
  verifyCertificateHash: list(string()),
  minProtocolVersion: tlsProtocol,
  maxProtocolVersion: tlsProtocol,
  cipherSuites: list(string()),
});
export interface ServerTLSSettings extends Infer<typeof serverTLSSettings> {}

export const port = message('Port', {
  number: uint32(),
  protocol: string(),
  name: string(),
  targetPort: uint32(),
});
export interface Port extends Infer<typeof port> {}

export const server = message('Server', {
  port,
  bind: string(),
  hosts: list(string()),
  tls: serverTLSSettings,
  defaultEndpoint: string(),
  name: string(),
});
export interface Server extends Infer<typeof server> {}

export const gateway = message('Gateway', {
  servers: list(server),
  selector: map(string()),
});
export interface Gateway extends Infer<typeof gateway> {}
