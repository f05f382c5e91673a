import { describe, expect, it } from 'vitest';
import {
  type ClientTlsInput,
  readProxyCertificates,
  selectClientTls,
} from '../../../src/translation/tls/client-tls.ts';

const base: ClientTlsInput = {
  settings: undefined,
  proxyCertificates: undefined,
  subjectAltNames: ['spiffe://cluster.local/ns/a/sa/b'],
  sni: 'outbound_.80_._.a',
  autoMutualTls: true,
  meshExternal: false,
  serviceMode: 'PERMISSIVE',
};
const select = (changes: Partial<ClientTlsInput>) => selectClientTls({ ...base, ...changes });

describe('selectClientTls', () => {
  it('detects mutual TLS for services of the mesh', () => {
    expect(select({})).toEqual({
      origin: 'detected',
      settings: { mode: 'ISTIO_MUTUAL', sni: base.sni, subjectAltNames: base.subjectAltNames },
    });
  });

  it.each([
    [{ meshExternal: true }],
    [{ autoMutualTls: false }],
    [{ serviceMode: 'DISABLE' }],
    [{ serviceMode: undefined }],
  ] as const)('leaves plain text alone for %j', (changes) => {
    expect(select(changes)).toBeUndefined();
  });

  it('takes what a user says as it is, but completes ISTIO_MUTUAL', () => {
    expect(select({ settings: { mode: 'SIMPLE' } })).toEqual({ origin: 'user', settings: { mode: 'SIMPLE' } });
    expect(select({ settings: { mode: 'ISTIO_MUTUAL', sni: 'x' } })?.settings).toEqual({
      mode: 'ISTIO_MUTUAL',
      sni: 'x',
      subjectAltNames: base.subjectAltNames,
    });
  });

  it('uses the proxy’s own certificates inside the mesh only', () => {
    const proxyCertificates = readProxyCertificates({
      TLS_CLIENT_CERT_CHAIN: '/c.pem',
      TLS_CLIENT_KEY: '/k.pem',
      TLS_CLIENT_ROOT_CERT: '/r.pem',
    });
    expect(select({ proxyCertificates })?.settings).toMatchObject({ mode: 'MUTUAL', clientCertificate: '/c.pem' });
    const settings = { mode: 'MUTUAL', clientCertificate: '/own.pem' } as const;
    expect(select({ proxyCertificates, meshExternal: true, settings })?.settings).toBe(settings);
  });
});
