import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconcile, shareSections } from '../../src/live/reconcile.ts';
import type { Snapshot } from '../../src/xds/snapshot.ts';

const nothing: Snapshot = { clusters: [], listeners: [], routes: [], endpoints: [], nameTable: { table: {} } };
const clusters = fc
  .uniqueArray(fc.nat({ max: 9 }), { maxLength: 10 })
  .chain((numbers) =>
    fc.tuple(
      ...numbers.map((number) => fc.nat({ max: 1 }).map((type) => ({ name: `c${number}`, altStatName: `${type}` }))),
    ),
  );

const sentAsRendered = (snapshot: Snapshot) => ({ rendered: snapshot, sent: snapshot });

describe('reconcile', () => {
  it('says what the later snapshot says, with the earlier resources wherever they say the same', () => {
    fc.assert(
      fc.property(clusters, clusters, fc.nat(), (before, after, keep) => {
        const earlier = { ...nothing, clusters: before };
        // Some of them are the very same objects already.
        const later = after.map((one, index) =>
          (index + keep) % 2 === 0
            ? (before.find(({ name, altStatName }) => name === one.name && altStatName === one.altStatName) ?? one)
            : one,
        );
        const reconciled = reconcile(sentAsRendered(earlier), { ...nothing, clusters: later });
        expect(reconciled.clusters).toEqual(after);
        for (const one of reconciled.clusters) {
          const known = before.find(({ name }) => name === one.name);
          if (known && known.altStatName === one.altStatName) expect(one).toBe(known);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps whole sections that did not change', () => {
    const earlier: Snapshot = {
      ...nothing,
      clusters: [{ name: 'a' }],
      nameTable: { table: { a: { ips: ['1.1.1.1'], registry: 'External' } } },
    };
    const reconciled = reconcile(sentAsRendered(earlier), structuredClone(earlier));
    for (const section of ['clusters', 'listeners', 'routes', 'endpoints', 'nameTable'] as const) {
      expect(reconciled[section]).toBe(earlier[section]);
    }
    expect(reconcile(undefined, earlier)).toBe(earlier);
  });

  it('goes on from what was sent, where that is not what was rendered', () => {
    const [a, b] = [{ name: 'a' }, { name: 'b' }];
    const sent = { ...nothing, clusters: [a, b] };
    const rendered = structuredClone(sent);
    const again = { ...rendered, clusters: [...rendered.clusters, { name: 'c' }] };
    const { clusters } = reconcile({ rendered, sent }, again);
    expect(clusters).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
    expect(clusters[0]).toBe(a);
    expect(clusters[1]).toBe(b);
  });

  it('shares lists with another proxy that is sent the same', () => {
    const cluster = { name: 'a' };
    const [one, other] = [
      { ...nothing, clusters: [cluster] },
      { ...nothing, clusters: [cluster], listeners: [{ name: 'l' }] },
    ];
    const shared = shareSections(one, other);
    expect(shared.clusters).toBe(one.clusters);
    expect(shared.listeners).toBe(other.listeners);
  });
});
