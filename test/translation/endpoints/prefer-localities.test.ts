import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/model/endpoint.ts';
import type { LocalityLoadBalancerSetting } from '../../../src/model/istio/destination-rule.ts';
import { parseLocality } from '../../../src/model/locality.ts';
import type { Proxy } from '../../../src/model/proxy.ts';
import type { LocalityGroup } from '../../../src/translation/endpoints/locality-group.ts';
import { preferLocalities } from '../../../src/translation/endpoints/prefer-localities.ts';

const proxy = { locality: parseLocality('r1/z1/s1'), labels: { version: 'v1', network: 'n1' } } as unknown as Proxy;

function group(locality: string, ...labels: Record<string, string>[]): LocalityGroup {
  const { region, zone, subZone } = parseLocality(locality);
  return {
    endpoints: labels.map((of) => ({ workload: { labels: of } }) as unknown as Endpoint),
    lbEndpoints: {
      locality: { region, zone, subZone },
      lbEndpoints: labels.map((_, index) => ({ endpoint: { hostname: `${index}` }, loadBalancingWeight: 2 })),
      loadBalancingWeight: 2 * labels.length,
    },
  };
}

const prefer = (groups: readonly LocalityGroup[], setting: LocalityLoadBalancerSetting, failsOver = true) =>
  preferLocalities(groups, { setting, failsOver }, { proxy, knowsLabels: true });
const places = ['r3/z1/s1', 'r1/z1/s1', 'r2/z1/s1', 'r1/z2/s1', 'r1/z1/s2'].map((place) => group(place, {}));

describe('preferLocalities', () => {
  it('goes from near to far', () => {
    expect(prefer(places, {}).map(({ priority }) => priority)).toEqual([3, undefined, 3, 2, 1]);
  });

  it('prefers the region that failover leads to', () => {
    const failover = [{ from: 'r1', to: 'r2' }];
    expect(prefer(places, { failover }).map(({ priority }) => priority)).toEqual([4, undefined, 3, 2, 1]);
  });

  it('gives no priorities without outlier detection', () => {
    expect(prefer(places, {}, false)).toEqual(places.map(({ lbEndpoints }) => lbEndpoints));
  });

  it('splits a locality by the labels that agree', () => {
    const mixed = group('r1', { version: 'v1', network: 'n1' }, { version: 'v2', network: 'n1' }, { network: 'n2' });
    const split = prefer([mixed], { failoverPriority: ['network', 'version'] });
    expect(split.map(({ priority, loadBalancingWeight }) => [priority, loadBalancingWeight])).toEqual([
      [undefined, 2],
      [1, 2],
      [2, 2],
    ]);
    const byValue = prefer([mixed], { failoverPriority: ['version=v2'] });
    expect(byValue.map(({ lbEndpoints }) => lbEndpoints?.map(({ endpoint }) => endpoint?.hostname))).toEqual([
      ['1'],
      ['0', '2'],
    ]);
  });

  it('divides the weight of a wildcard and empties what no destination matches', () => {
    const distribute = [{ from: 'r1/*', to: { 'r1/*': 75, 'r2/z1/s1': 25 } }];
    expect(
      prefer(places, { distribute }).map(({ loadBalancingWeight, lbEndpoints }) => [
        loadBalancingWeight,
        lbEndpoints?.length ?? 0,
      ]),
    ).toEqual([
      [2, 0],
      [25, 1],
      [25, 1],
      [25, 1],
      [25, 1],
    ]);
  });
});
