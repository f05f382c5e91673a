import { describe, expect, it } from 'vitest';
import type { ServerTLSSettings } from '../../../src/model/istio/gateway.ts';
import type { MeshConfig } from '../../../src/model/istio/mesh-config.ts';
import { selectProfile } from '../../../src/profiles/profile.ts';
import type { ProxyView } from '../../../src/registry/proxy-view.ts';
import { buildServerTlsContext } from '../../../src/translation/tls/server-tls-context.ts';

const build = (settings: ServerTLSSettings, configuration: MeshConfig = {}) => {
  const mesh = { configuration, profile: selectProfile('1.30'), servicesByHostname: new Map() };
  const view = { mesh, proxy: { metadata: {} } } as unknown as ProxyView;
  return buildServerTlsContext({ view, settings });
};

describe('buildServerTlsContext', () => {
  it('fetches a credential, and its authority where clients are verified', () => {
    expect(build({ mode: 'SIMPLE', credentialName: 'c' })).toMatchObject({
      requireClientCertificate: false,
      commonTlsContext: {
        alpnProtocols: ['h2', 'http/1.1'],
        tlsCertificateSdsSecretConfigs: [{ name: 'kubernetes://c' }],
      },
    });
    const mutual = build({ mode: 'MUTUAL', credentialNames: ['rsa', 'ecdsa'] });
    expect(mutual).toMatchObject({
      requireClientCertificate: true,
      commonTlsContext: {
        tlsCertificateSdsSecretConfigs: [{ name: 'kubernetes://rsa' }, { name: 'kubernetes://ecdsa' }],
        combinedValidationContext: { validationContextSdsSecretConfig: { name: 'kubernetes://rsa-cacert' } },
      },
    });
  });

  it('asks for a client certificate without insisting', () => {
    const optional = build({
      mode: 'OPTIONAL_MUTUAL',
      serverCertificate: '/c',
      privateKey: '/k',
      caCertificates: '/r',
    });
    expect(optional).toMatchObject({
      requireClientCertificate: false,
      commonTlsContext: {
        tlsCertificateSdsSecretConfigs: [{ name: 'file-cert:/c~/k' }],
        combinedValidationContext: { validationContextSdsSecretConfig: { name: 'file-root:/r' } },
      },
    });
  });

  it('lets the server’s own limits hide the mesh’s defaults, field by field', () => {
    const tlsDefaults = { minProtocolVersion: 'TLSV1_3', cipherSuites: ['A'], ecdhCurves: ['P-256'] } as const;
    const server = { mode: 'SIMPLE', credentialName: 'c', minProtocolVersion: 'TLSV1_1' } as const;
    expect(build(server, { tlsDefaults }).commonTlsContext?.tlsParams).toEqual({
      ecdhCurves: ['P-256'],
      cipherSuites: ['A'],
      tlsMinimumProtocolVersion: 'TLSv1_1',
    });
    expect(build({ mode: 'ISTIO_MUTUAL' }, { tlsDefaults }).commonTlsContext).not.toHaveProperty('tlsParams');
  });
});
