import { describe, expect, it } from 'vitest';
import { resolve } from '../../src/explain/resolve.ts';
import type { ProxyFacts } from '../../src/xds/snapshot.ts';

const nameTable = {
  table: {
    'db.example.com': { ips: ['240.240.0.1', '2001:2::1'], registry: 'External' },
    '*.wild.example.com': { ips: ['192.0.2.1'], registry: 'External' },
    'reviews.shop.svc.cluster.local': {
      ips: ['10.96.0.1'],
      registry: 'Kubernetes',
      namespace: 'shop',
      shortname: 'reviews',
    },
  },
};
const captured = (namespace = 'default'): ProxyFacts => ({ type: 'sidecar', namespace, dnsCapture: true });

describe('resolve', () => {
  it('answers with the addresses of the name table', () => {
    expect(resolve({ nameTable, proxy: captured() }, 'DB.example.com.')).toMatchObject({
      answeredBy: 'proxy',
      addresses: ['240.240.0.1', '2001:2::1'],
      name: 'db.example.com',
    });
  });

  it('knows wildcards at any depth, but not their apex', () => {
    expect(resolve({ nameTable, proxy: captured() }, 'a.b.wild.example.com')).toMatchObject({
      addresses: ['192.0.2.1'],
    });
    expect(resolve({ nameTable, proxy: captured() }, 'wild.example.com')).toMatchObject({ answeredBy: 'upstream' });
  });

  it.each([
    ['reviews', 'shop', 'proxy'],
    ['reviews', 'default', 'upstream'],
    ['reviews.shop', 'default', 'proxy'],
    ['reviews.shop.svc', 'default', 'proxy'],
    ['reviews.shop.svc.cluster.local', 'default', 'proxy'],
  ])('short form %s from namespace %s: answered by %s', (host, namespace, answeredBy) => {
    expect(resolve({ nameTable, proxy: captured(namespace) }, host).answeredBy).toBe(answeredBy);
  });

  it('leaves the table alone without DNS capture: only the cluster knows its Services', () => {
    const proxy = { ...captured(), dnsCapture: false };
    expect(resolve({ nameTable, proxy }, 'db.example.com')).toMatchObject({ answeredBy: 'upstream' });
    expect(resolve({ nameTable, proxy }, 'reviews.shop')).toMatchObject({
      answeredBy: 'cluster',
      addresses: ['10.96.0.1'],
    });
  });

  it('looks no address up', () => {
    expect(resolve({ nameTable, proxy: captured() }, '192.0.2.7')).toMatchObject({
      answeredBy: 'nobody',
      addresses: ['192.0.2.7'],
    });
  });
});
