import { describe, expect, it } from 'vitest';
import {
  buildProtocolOptions,
  selectUpstreamProtocol,
  type UpstreamProtocolInput,
} from '../../../src/translation/clusters/protocol-options.ts';

const base: UpstreamProtocolInput = {
  protocol: 'HTTP',
  sniffs: true,
  preserveCase: false,
  meshUpgradePolicy: undefined,
  direction: 'outbound',
  pool: undefined,
};
const select = (changes: Partial<UpstreamProtocolInput>) => selectUpstreamProtocol({ ...base, ...changes });
const upgrade = { http: { h2UpgradePolicy: 'UPGRADE' } } as const;

describe('selectUpstreamProtocol', () => {
  it('speaks HTTP/2 to ports that declare it', () => {
    expect(select({ protocol: 'GRPC' })).toEqual({ kind: 'http2' });
    expect(select({ protocol: 'HTTP' })).toEqual({ kind: 'default' });
  });

  it('follows the client on sniffed ports, but not at a gateway', () => {
    expect(select({ protocol: 'Unsupported' })).toEqual({ kind: 'downstream', preserveCase: false });
    expect(select({ protocol: 'Unsupported', sniffs: false })).toEqual({ kind: 'default' });
  });

  it('upgrades any port by rule, and ports declared as HTTP mesh-wide', () => {
    expect(select({ protocol: 'TCP', pool: upgrade })).toEqual({ kind: 'http2' });
    expect(select({ protocol: 'TCP', meshUpgradePolicy: 'UPGRADE' })).toEqual({ kind: 'default' });
    expect(select({ meshUpgradePolicy: 'UPGRADE' })).toEqual({ kind: 'http2' });
    expect(select({ meshUpgradePolicy: 'UPGRADE', pool: { http: { h2UpgradePolicy: 'DO_NOT_UPGRADE' } } })).toEqual({
      kind: 'default',
    });
  });

  it('never upgrades inbound traffic, nor a sniffed port', () => {
    expect(select({ direction: 'inbound', pool: upgrade })).toEqual({ kind: 'default' });
    expect(select({ protocol: 'Unsupported', pool: upgrade })).toMatchObject({ kind: 'downstream' });
  });

  it('prefers the client’s version where the rule asks for it', () => {
    const pool = { http: { useClientProtocol: true, h2UpgradePolicy: 'UPGRADE' } } as const;
    expect(select({ protocol: 'GRPC', pool })).toEqual({ kind: 'downstream', preserveCase: false });
    expect(select({ preserveCase: true, pool })).toEqual({ kind: 'downstream', preserveCase: true });
  });
});

describe('buildProtocolOptions', () => {
  const options = (...args: Parameters<typeof buildProtocolOptions>) =>
    Object.values(buildProtocolOptions(...args).typedExtensionProtocolOptions ?? {})[0];

  it('says nothing where there is nothing to say', () => {
    expect(buildProtocolOptions({ kind: 'default' }, { tcp: { maxConnections: 1 } })).toEqual({});
  });

  it('takes the idle timeout of HTTP before that of TCP', () => {
    const pool = { http: { idleTimeout: '1s' }, tcp: { idleTimeout: '2s', maxConnectionDuration: '3s' } };
    expect(options({ kind: 'default' }, pool)).toMatchObject({
      commonHttpProtocolOptions: { idleTimeout: '1s', maxConnectionDuration: '3s' },
      explicitHttpConfig: { httpProtocolOptions: {} },
    });
  });

  it('limits streams only where HTTP/2 is certain', () => {
    const pool = { http: { maxConcurrentStreams: 7 } };
    expect(options({ kind: 'http2' }, pool)).toMatchObject({
      commonHttpProtocolOptions: {},
      explicitHttpConfig: { http2ProtocolOptions: { maxConcurrentStreams: 7 } },
    });
    expect(options({ kind: 'downstream', preserveCase: false }, pool)).toMatchObject({
      useDownstreamProtocolConfig: { http2ProtocolOptions: {} },
    });
  });

  it('shares the options of clusters that only name a version', () => {
    const first = buildProtocolOptions({ kind: 'http2' }, undefined);
    expect(buildProtocolOptions({ kind: 'http2' }, undefined)).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
  });
});
