import { describe, expect, it } from 'vitest';
import type { PeerAuthentication } from '../../src/model/istio/peer-authentication.ts';
import { indexPeerAuthentications, modeOfPort } from '../../src/registry/peer-authentication.ts';

const policy = (namespace: string, spec: PeerAuthentication) => ({
  metadata: { name: 'p', namespace, labels: {}, annotations: {}, creationTime: 0 },
  spec,
});
const index = (...policies: ReturnType<typeof policy>[]) => indexPeerAuthentications(policies, 'istio-system');
const forApp = { selector: { matchLabels: { app: 'a' } } };

describe('indexPeerAuthentications', () => {
  it('knows nothing without policies, and lets workloads accept both', () => {
    expect(index().modeOfNamespace('a')).toBeUndefined();
    expect(index().modeOfWorkload('a', {}).mode).toBe('PERMISSIVE');
  });

  it('inherits an unset mode from the mesh', () => {
    const modes = index(policy('istio-system', { mtls: { mode: 'STRICT' } }), policy('a', {}));
    expect(modes.modeOfNamespace('a')).toBe('STRICT');
    expect(modes.modeOfNamespace('elsewhere')).toBe('STRICT');
  });

  it('takes the oldest policy of a namespace', () => {
    const modes = index(policy('a', { mtls: { mode: 'DISABLE' } }), policy('a', { mtls: { mode: 'STRICT' } }));
    expect(modes.modeOfNamespace('a')).toBe('DISABLE');
  });

  it('prefers workload and port, and inherits what they leave unset', () => {
    const modes = index(
      policy('a', { mtls: { mode: 'STRICT' } }),
      policy('a', { ...forApp, portLevelMtls: { 8080: { mode: 'DISABLE' }, 9090: { mode: 'UNSET' } } }),
    );
    const workload = modes.modeOfWorkload('a', { app: 'a' });
    expect([80, 8080, 9090].map((port) => modeOfPort(workload, port))).toEqual(['STRICT', 'DISABLE', 'STRICT']);
    expect(modeOfPort(modes.modeOfWorkload('a', {}), 8080)).toBe('STRICT');
  });

  it('does not select workloads from the root namespace', () => {
    const modes = index(policy('istio-system', { ...forApp, mtls: { mode: 'STRICT' } }));
    expect(modes.modeOfNamespace('istio-system')).toBeUndefined();
    expect(modes.modeOfWorkload('istio-system', { app: 'a' }).mode).toBe('PERMISSIVE');
  });
});
