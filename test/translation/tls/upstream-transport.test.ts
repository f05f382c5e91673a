import { describe, expect, it } from 'vitest';
import type { ClientTLSSettings } from '../../../src/model/istio/destination-rule.ts';
import { wrapInProxyProtocol } from '../../../src/translation/tls/proxy-protocol-socket.ts';
import {
  buildUpstreamTransport,
  type UpstreamTransportInput,
} from '../../../src/translation/tls/upstream-transport.ts';

const base: Omit<UpstreamTransportInput, 'tls'> = {
  clusterName: 'outbound|443||a.example.com',
  isDynamic: false,
  http2: false,
  fallbackSubjectAltNames: ['entry.example.com'],
  secretServers: {
    credentialSocket: false,
    fileSocket: false,
    serverOf: (secretName) => ({ from: 'istiod', secretName }),
  },
  tlsDefaults: undefined,
  matchesEndpoints: true,
  mayUseCredentials: false,
  usesTunnels: false,
};
const user = (settings: ClientTLSSettings, changes: Partial<UpstreamTransportInput> = {}) =>
  buildUpstreamTransport({ ...base, ...changes, tls: { settings, origin: 'user' } });

describe('buildUpstreamTransport', () => {
  it('verifies against the system’s authorities and the names of the entry', () => {
    expect(user({ mode: 'SIMPLE' })).toMatchObject({
      serverIdentity: { autoSni: true, autoSanValidation: true },
      transportSocket: {
        typedConfig: {
          commonTlsContext: {
            combinedValidationContext: {
              defaultValidationContext: { matchSubjectAltNames: [{ exact: 'entry.example.com' }] },
              validationContextSdsSecretConfig: { name: 'file-root:system' },
            },
          },
        },
      },
    });
  });

  it('follows the request’s host only as far as the rule leaves it open', () => {
    expect(user({ mode: 'SIMPLE', sni: 'x' }).serverIdentity).toEqual({ autoSni: false, autoSanValidation: false });
    expect(user({ mode: 'SIMPLE', subjectAltNames: ['y'] }).serverIdentity).toEqual({
      autoSni: true,
      autoSanValidation: false,
    });
    expect(user({ mode: 'SIMPLE', sni: 'x' }, { isDynamic: true }).serverIdentity).toEqual({
      autoSni: false,
      autoSanValidation: true,
    });
  });

  it('skips the trust bundle where nothing is to be verified', () => {
    const { transportSocket } = user({ mode: 'SIMPLE', insecureSkipVerify: true });
    expect(transportSocket?.typedConfig).toMatchObject({ commonTlsContext: { validationContext: {} } });
  });

  it('originates nothing with MUTUAL without files, but keeps the identity checks', () => {
    expect(user({ mode: 'MUTUAL' })).toEqual({ serverIdentity: { autoSni: true, autoSanValidation: true } });
  });

  it('ignores credentials that a sidecar may not read', () => {
    expect(user({ mode: 'SIMPLE', credentialName: 'secret' })).toEqual({});
    const allowed = user({ mode: 'SIMPLE', credentialName: 'secret' }, { mayUseCredentials: true });
    expect(JSON.stringify(allowed)).toContain('"kubernetes://secret-cacert"');
    expect(user({ mode: 'SIMPLE', credentialName: 'configmap://ns/ca' }).transportSocket).toBeDefined();
  });

  it('lets each endpoint choose where istiod detected mutual TLS', () => {
    const tls = { origin: 'detected', settings: { mode: 'ISTIO_MUTUAL', sni: 's' } } as const;
    const { transportSocketMatches } = buildUpstreamTransport({ ...base, tls });
    expect(transportSocketMatches?.map(({ name }) => name)).toEqual(['tlsMode-istio', 'tlsMode-disabled']);
    expect(buildUpstreamTransport({ ...base, tls, matchesEndpoints: false }).transportSocket).toBeDefined();
  });

  it('prefers the tunnels of an ambient mesh', () => {
    const names = (settings?: ClientTLSSettings) =>
      buildUpstreamTransport({
        ...base,
        usesTunnels: true,
        tls: settings && { settings, origin: 'user' },
      }).transportSocketMatches?.map(({ name }) => name);
    expect(names()).toEqual(['hbone', 'tlsMode-disabled']);
    expect(names({ mode: 'DISABLE' })).toEqual(['hbone', 'tlsMode-disabled']);
    expect(names({ mode: 'ISTIO_MUTUAL' })).toEqual(['hbone', 'tlsMode-istio']);
    expect(names({ mode: 'SIMPLE' })).toEqual(['hbone', 'user']);
  });

  it('offers HTTP/2 where the cluster speaks nothing else', () => {
    const { transportSocket } = user({ mode: 'ISTIO_MUTUAL' }, { http2: true });
    expect(transportSocket?.typedConfig).toMatchObject({
      commonTlsContext: { alpnProtocols: ['istio-peer-exchange', 'istio', 'h2'] },
      sni: base.clusterName,
    });
  });
});

describe('wrapInProxyProtocol', () => {
  it('wraps plain text, a socket, or every match', () => {
    expect(wrapInProxyProtocol({}, 'V1').transportSocket?.typedConfig).toMatchObject({
      config: {},
      transportSocket: { name: 'raw_buffer' },
    });
    const matches = [{ name: 'm', transportSocket: { name: 'inner' } }];
    expect(wrapInProxyProtocol({ transportSocketMatches: matches }, 'V2')).toMatchObject({
      transportSocketMatches: [
        {
          name: 'm',
          transportSocket: { typedConfig: { config: { version: 'V2' }, transportSocket: { name: 'inner' } } },
        },
      ],
    });
  });
});
