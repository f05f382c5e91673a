import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostsForNamespace, qualifyHosts, withoutNamespaces } from '../../../src/registry/gateways/server-hosts.ts';

describe('hosts of a server', () => {
  it('belong to a namespace, to the own one, or to all', () => {
    expect(qualifyHosts(['ns/a.com', './b.com', '*/c.com', 'd.com'], 'own')).toEqual([
      'ns/a.com',
      'own/b.com',
      'c.com',
      'd.com',
    ]);
  });

  it('are all hosts as soon as one is', () => {
    expect(qualifyHosts(['a.com', '*/*'], 'own')).toEqual(['*']);
  });

  it('are open to the VirtualServices of their namespace', () => {
    const hosts = ['ns/a.com', '*/b.com', 'c.com', 'other/d.com'];
    expect(hostsForNamespace(hosts, 'ns')).toEqual(['a.com', 'b.com', 'c.com']);
  });

  it('are server names once, in order, without namespaces', () => {
    expect(withoutNamespaces(['ns/b.com', 'a.com', 'b.com'])).toEqual(['a.com', 'b.com']);
    const part = fc.constantFrom('a.com', 'ns/a.com', './b.com', '*', '*/c.com');
    fc.assert(
      fc.property(fc.array(part), (hosts) => {
        const names = withoutNamespaces(hosts);
        expect(new Set(names).size).toBe(names.length);
        expect(names).toEqual([...names].sort());
        for (const name of names) expect(name).not.toContain('/');
      }),
    );
  });
});
