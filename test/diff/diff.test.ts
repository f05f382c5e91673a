import { describe, expect, it } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import { findValue } from '../../src/diff/find-value.ts';
import type { Snapshot } from '../../src/xds/snapshot.ts';

const empty: Snapshot = { clusters: [], listeners: [], routes: [], endpoints: [], nameTable: { table: {} } };

function routes(...virtualHosts: readonly object[]): Snapshot {
  return { ...empty, routes: [{ name: '80', virtualHosts }] } as Snapshot;
}
const route = (prefix: string, cluster: string) => ({ name: 'default', match: { prefix }, route: { cluster } });
const changesOf = (before: Snapshot, after: Snapshot) =>
  diff(before, after).flatMap((difference) => (difference.kind === 'changed' ? difference.changes : []));

describe('diff', () => {
  it('finds nothing between equal snapshots, whatever the order of keys', () => {
    const before = { ...empty, clusters: [{ name: 'a', type: 'EDS' }] } as Snapshot;
    const after = { ...empty, clusters: [{ type: 'EDS', name: 'a' }] } as Snapshot;
    expect(diff(before, after)).toEqual([]);
  });

  it('finds nothing between equal items that have no name', () => {
    const listener = () => {
      const filters = [{ responseFlagFilter: { flags: ['NR'] } }, { statusCodeFilter: {} }];
      return { name: 'a', accessLog: [{ name: 'file', filter: { andFilter: { filters } } }] };
    };
    const [before, after] = [listener(), listener()].map(
      (it) => ({ ...empty, listeners: [it] }) as unknown as Snapshot,
    );
    expect(diff(before ?? empty, after ?? empty)).toEqual([]);
  });

  it('matches resources by name', () => {
    const before = { ...empty, clusters: [{ name: 'a' }, { name: 'b', connectTimeout: '10s' }] } as Snapshot;
    const after = { ...empty, clusters: [{ name: 'b', connectTimeout: '5s' }, { name: 'c' }] } as Snapshot;
    expect(diff(before, after)).toEqual([
      { section: 'clusters', name: 'a', kind: 'removed', before: { name: 'a' } },
      {
        section: 'clusters',
        name: 'b',
        kind: 'changed',
        before: before.clusters[1],
        after: after.clusters[0],
        changes: [{ kind: 'changed', path: ['clusters', 'b', 'connectTimeout'], before: '10s', after: '5s' }],
      },
      { section: 'clusters', name: 'c', kind: 'added', after: { name: 'c' } },
    ]);
  });

  it('ignores the order of virtual hosts and domains', () => {
    const a = { name: 'a', domains: ['a', 'a:80'] };
    const b = { name: 'b', domains: ['b'] };
    expect(diff(routes(a, b), routes(b, { ...a, domains: ['a:80', 'a'] }))).toEqual([]);
  });

  it('reports the order of routes, which Envoy minds', () => {
    const changes = changesOf(
      routes({ name: 'a', routes: [route('/a', 'x'), route('/b', 'y')] }),
      routes({ name: 'a', routes: [route('/b', 'y'), route('/a', 'x')] }),
    );
    expect(changes).toEqual([
      {
        kind: 'reordered',
        path: ['routes', '80', 'virtualHosts', 'a', 'routes'],
        before: ['1', '0'],
        after: ['0', '1'],
      },
    ]);
  });

  it('recognises a route among others by what it matches', () => {
    const changes = changesOf(
      routes({ name: 'a', routes: [route('/a', 'x'), route('/', 'y')] }),
      routes({ name: 'a', routes: [route('/new', 'n'), route('/a', 'z'), route('/', 'y')] }),
    );
    expect(changes.map(({ kind, path }) => `${kind} ${path.slice(4).join('.')}`)).toEqual([
      'changed routes.1.route.cluster',
      'added routes.0',
    ]);
  });

  it('names values that join a set', () => {
    const changes = changesOf(routes({ name: 'a', domains: ['x'] }), routes({ name: 'a', domains: ['y', 'x'] }));
    expect(changes).toEqual([
      { kind: 'added', path: ['routes', '80', 'virtualHosts', 'a', 'domains', 'y'], after: 'y' },
    ]);
  });

  it('takes messages of another type as another value', () => {
    const listener = (config: object) =>
      ({
        ...empty,
        listeners: [{ name: 'l', filterChains: [{ filters: [{ name: 'f', typedConfig: config }] }] }],
      }) as never;
    const changes = changesOf(listener({ '@type': 'a', x: 1 }), listener({ '@type': 'b', x: 1 }));
    expect(changes.map(({ kind, path }) => [kind, path.at(-1)])).toEqual([['changed', 'typedConfig']]);
  });
});

describe('findValue', () => {
  const snapshot = routes({ name: 'a:80', domains: ['x'], routes: [route('/', 'c')] });
  it.each([
    'routes["80"].virtualHosts["a:80"].routes[0].route.cluster',
    "routes['80'].virtualHosts[a:80].routes[0].route.cluster",
    'routes["80"].virtualHosts[0].routes[0].route.cluster',
  ])('finds %s', (path) => {
    expect(findValue(snapshot, path)).toEqual({
      path: ['routes', '80', 'virtualHosts', 'a:80', 'routes', 0, 'route', 'cluster'],
      value: 'c',
    });
  });
  it('finds nothing where there is nothing', () => {
    expect(findValue(snapshot, 'routes["80"].virtualHosts[3]')).toBeUndefined();
    expect(findValue(snapshot, 'wrong.path')).toBeUndefined();
  });
});
