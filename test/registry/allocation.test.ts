import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4Range, ipv6Range } from '../../src/registry/allocation/address-range.ts';
import { AddressSupply } from '../../src/registry/allocation/address-supply.ts';
import { entry, meshOf, service } from './mesh-of.ts';

const v4 = (offset: number): string => ipv4Range.format(offset);
const allocated = (...resources: Parameters<typeof meshOf>[0]) => meshOf(resources).mesh.allocatedAddresses();

describe('allocated addresses', () => {
  it('are given by age, then namespace, then name', () => {
    expect(
      allocated(
        entry(['c.com'], {}, { name: 'a', namespace: 'z' }),
        entry(['b.com'], {}, { name: 'z', namespace: 'a' }),
        entry(['a.com'], {}, { name: 'old', creationTime: 0 }),
      ),
    ).toEqual({
      'default/old': { 'a.com': ['240.240.0.1', '2001:2::1'] },
      'a/z': { 'b.com': ['240.240.0.2', '2001:2::2'] },
      'z/a': { 'c.com': ['240.240.0.3', '2001:2::3'] },
    });
  });

  it('are for entries that can use them and did not opt out', () => {
    const labels = { 'networking.istio.io/enable-autoallocate-ip': 'False' };
    expect(
      allocated(
        entry(['none.com'], { resolution: 'NONE' }, { name: 'none' }),
        entry(['own.com'], { addresses: ['1.1.1.1'] }, { name: 'own' }),
        entry(['out.com'], {}, { name: 'out', labels }),
        entry(['*.wild.com'], {}, { name: 'wild' }),
        entry(['*.dynamic.com'], { resolution: 'DYNAMIC_DNS' }, { name: 'dynamic' }),
      ),
    ).toEqual({ 'default/dynamic': { '*.dynamic.com': ['240.240.0.1', '2001:2::1'] } });
  });

  it('are kept where the status has some, and never those that a user took', () => {
    const status = { addresses: [{ host: 'kept.com', value: '240.240.0.1' }] };
    expect(
      allocated(
        entry(['user.com'], { addresses: ['240.240.0.2', '2001:2:0::1'] }, { name: 'user', creationTime: 9e12 }),
        entry(['new.com'], {}, { name: 'new', creationTime: 0 }),
        entry(['kept.com'], {}, { name: 'kept', status }),
      ),
    ).toEqual({
      'default/new': { 'new.com': ['240.240.0.3', '2001:2::2'] },
      'default/kept': { 'kept.com': ['240.240.0.1'] },
    });
  });

  it('are new for the younger of two entries that have the same', () => {
    const status = (host: string) => ({ addresses: [{ host, value: '240.240.0.1' }] });
    expect(
      allocated(
        entry(['old.com'], {}, { name: 'old', creationTime: 0, status: status('old.com') }),
        entry(['young.com'], {}, { name: 'young', status: status('young.com') }),
      ),
    ).toEqual({
      'default/old': { 'old.com': ['240.240.0.1'] },
      'default/young': { 'young.com': ['240.240.0.2', '2001:2::1'] },
    });
  });

  it('are unique, in range, and unchanged by entries that come later', () => {
    const hosts = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}\.com$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(hosts, (names) => {
        const entries = names.map((host, index) => entry([host], {}, { name: `e${index}`, creationTime: index }));
        const all = allocated(...entries);
        const ips = Object.values(all).flatMap((byHost) => Object.values(byHost).flat());
        expect(new Set(ips).size).toBe(names.length * 2);
        for (const ip of ips) expect(ipv4Range.find(ip) ?? ipv6Range.find(ip)).toBeDefined();
        const fewer = allocated(...entries.slice(0, -1));
        expect(all).toMatchObject(fewer);
      }),
    );
  });
});

describe('AddressSupply', () => {
  const [owner, other] = [{ name: 'owner' }, { name: 'other' }];

  it('gives nothing when all is taken, and first what was freed', () => {
    const ranges = { ipv4: { ...ipv4Range, size: 4 }, ipv6: { ...ipv6Range, size: 1 } };
    const supply = new AddressSupply(ranges, new Map([[v4(2), owner]]));
    const take = () => supply.take(other, 'a.com');
    expect([take(), take(), take()]).toEqual([[v4(1)], [v4(3)], []]);
    supply.free(v4(2), other);
    expect(take()).toEqual([]);
    supply.free(v4(2), owner);
    expect(take()).toEqual([v4(2)]);
    supply.free(v4(2), owner);
    expect(take()).toEqual([]);
    expect(supply.shortages.map(({ range }) => range)).toEqual([ranges.ipv6, ranges.ipv4]);
  });

  it('stays as it is where a copy is taken from', () => {
    const supply = new AddressSupply({ ipv4: ipv4Range, ipv6: ipv6Range }, new Map());
    const copy = supply.copy();
    expect(copy.take(owner, 'a.com')).toEqual(['240.240.0.1', '2001:2::1']);
    expect(copy.isLike(supply)).toBe(false);
    expect(supply.take(owner, 'a.com')).toEqual(['240.240.0.1', '2001:2::1']);
    expect(copy.isLike(supply)).toBe(true);
  });
});

describe('a full range', () => {
  it('leaves hosts without an address of that family, and is reported once', () => {
    const hosts = Array.from({ length: 65_537 }, (_, index) => `h${index}.com`);
    const { mesh, diagnostics } = meshOf([entry(hosts)]);
    const addresses = mesh.allocatedAddresses()['default/serviceentry'] ?? {};
    expect(addresses['h65534.com']).toEqual(['240.240.255.255', '2001:2::ffff']);
    expect(addresses['h65536.com']).toEqual(['2001:2::1:1']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['vip-range-exhausted']);
  });
});

describe('allocation by hash', () => {
  const features = { PILOT_ENABLE_IP_AUTOALLOCATE: 'false' };

  it('depends on the host and its namespace, not on what else there is', () => {
    const alone = service(meshOf([entry(['a.com'])], { features }), 'a.com').allocatedAddresses;
    const among = meshOf([entry(['b.com', 'a.com'])], { features });
    expect(service(among, 'a.com').allocatedAddresses).toEqual(alone);
    expect(among.mesh.allocatedAddresses()).toEqual({});
  });

  it('gives entries that share a host and namespace one address', () => {
    const { mesh } = meshOf([entry(['a.com']), entry(['a.com'], {}, { name: 'again' })], { features });
    const [first, second] = mesh.servicesByHostname.get('a.com') ?? [];
    expect(first?.allocatedAddresses).toHaveLength(2);
    expect(second?.allocatedAddresses).toEqual(first?.allocatedAddresses);
  });

  it('leaves out wildcards, entries with addresses, and NONE', () => {
    const registered = meshOf(
      [
        entry(['*.com'], {}, { name: 'wild' }),
        entry(['b.com'], { addresses: ['1.1.1.1'] }, { name: 'own' }),
        entry(['c.com'], { resolution: 'NONE' }, { name: 'none' }),
      ],
      { features },
    );
    for (const one of registered.mesh.services) expect(one.allocatedAddresses).toEqual([]);
  });

  it('never ends in .0', () => {
    const hosts = Array.from({ length: 3000 }, (_, index) => `h${index}.com`);
    const { mesh } = meshOf([entry(hosts)], { features });
    const ipv4 = mesh.services.map(({ allocatedAddresses: [address] }) => address ?? '');
    expect(new Set(ipv4).size).toBe(hosts.length);
    for (const address of ipv4) expect(address).toMatch(/^240\.240\.\d+\.(?!0$)\d+$/);
  });
});
