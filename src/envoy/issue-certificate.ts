import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/** A certificate with its key, both as PEM. */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface CertificateRequest {
  readonly commonName: string;
  /** Alternative names; one with `://` in it is a URI. */
  readonly names?: readonly string[];
  /** Who signs; the certificate signs itself, and may sign others, where absent. */
  readonly issuer?: Authority;
  readonly now?: Date;
}

/** A certificate that may sign others. */
export interface Authority extends IssuedCertificate {
  readonly commonName: string;
  readonly key: KeyObject;
}

const yearMs = 365 * 24 * 3600 * 1000;

/** Issues a throw-away certificate with a new P-256 key, for one year: enough to let an Envoy speak TLS on one machine. */
export function issueCertificate({ commonName, names = [], issuer, now = new Date() }: CertificateRequest): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    distinguishedName(issuer?.commonName ?? commonName),
    sequence(utcTime(new Date(now.getTime() - 24 * 3600 * 1000)), utcTime(new Date(now.getTime() + yearMs))),
    distinguishedName(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions(names, issuer === undefined))),
  );
  const signature = createSign('SHA256')
    .update(body)
    .sign(issuer?.key ?? privateKey);
  const certificate = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return {
    commonName,
    key: privateKey,
    certificate: pem('CERTIFICATE', certificate),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

// What follows is the little of X.690 (DER) and RFC 5280 that such a certificate needs.

function tagged(tag: number, content: Buffer): Buffer {
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const significant = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([tag, 0x80 | significant.length]), significant, content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const explicit = (number: number, content: Buffer): Buffer => tagged(0xa0 | number, content);
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const objectId = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));

function distinguishedName(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0c, Buffer.from(commonName)))));
}

function utcTime(date: Date): Buffer {
  return tagged(0x17, Buffer.from(`${date.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));
}

function extensions(names: readonly string[], authority: boolean): readonly Buffer[] {
  const isAuthority = tagged(0x01, Buffer.from([0xff]));
  const basicConstraints = sequence(
    objectId('551d13'),
    isAuthority,
    tagged(0x04, authority ? sequence(isAuthority) : sequence()),
  );
  if (names.length === 0) return [basicConstraints];
  const alternatives = names.map((name) => tagged(name.includes('://') ? 0x86 : 0x82, Buffer.from(name)));
  return [basicConstraints, sequence(objectId('551d11'), tagged(0x04, sequence(...alternatives)))];
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
