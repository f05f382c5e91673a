import { describe, expect, it } from 'vitest';
import { differingTraits, kindOf, type Traits, watchTraits } from '../../src/live/personal-traits.ts';
import type { ProxyScenario } from '../../src/model/scenario.ts';
import { readScenario } from '../../src/registry/read-scenario.ts';

const proxyOf = (proxy: ProxyScenario) => readScenario({ proxy }, () => undefined).proxy;

function lookedAt(look: (proxy: ReturnType<typeof proxyOf>) => void): Traits {
  let looked: Traits = 0;
  const proxy = watchTraits(proxyOf({ labels: { app: 'web' } }), (traits) => {
    looked |= traits;
  });
  look(proxy);
  return looked;
}

describe('the traits of a proxy', () => {
  it('are the ones that are looked at, also where they are not there', () => {
    const labels = differingTraits(proxyOf({ labels: { a: 'b' } }), proxyOf({ labels: { a: 'c' } }));
    expect(lookedAt((proxy) => proxy.labels['app'])).toBe(labels & lookedAt((proxy) => proxy.labels));
    const node = differingTraits(proxyOf({}), proxyOf({ metadata: { NODE_NAME: 'n' } }));
    expect(node).not.toBe(0);
    expect(lookedAt((proxy) => proxy.metadata['NODE_NAME'])).toBe(node);
    expect(lookedAt((proxy) => [proxy.ipMode, proxy.metadata['CLUSTER_ID']])).toBe(0);
  });

  it('do not make another kind; anything else does', () => {
    const kind = kindOf(proxyOf({}));
    expect(kindOf(proxyOf({ name: 'a', namespace: 'b', ip: '10.0.0.9', labels: { c: 'd' }, locality: 'e' }))).toBe(
      kind,
    );
    expect(kindOf(proxyOf({ metadata: { DNS_CAPTURE: 'true' } }))).not.toBe(kind);
    expect(kindOf(proxyOf({ ip: '2001:db8::1' }))).not.toBe(kind);
  });
});
