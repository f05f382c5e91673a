import type { Section } from '../diff/difference.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { clusterTable } from './tables/cluster-table.ts';
import { endpointTable } from './tables/endpoint-table.ts';
import { listenerTable } from './tables/listener-table.ts';
import { nameTable } from './tables/name-table.ts';
import { routeTable } from './tables/route-table.ts';
import type { Table } from './tables/table.ts';

/** How a part of a snapshot is shown. */
export interface SectionView {
  readonly title: string;
  /** Key in the YAML and JSON output, as in `Snapshot`. */
  readonly key: keyof Snapshot & ('clusters' | 'listeners' | 'routes' | 'endpoints' | 'nameTable');
  readonly table: (snapshot: Snapshot) => Table;
}

export const sectionViews: Readonly<Record<Section, SectionView>> = {
  clusters: { title: 'Clusters', key: 'clusters', table: ({ clusters }) => clusterTable(clusters) },
  listeners: { title: 'Listeners', key: 'listeners', table: ({ listeners }) => listenerTable(listeners) },
  routes: { title: 'Routes', key: 'routes', table: ({ routes }) => routeTable(routes) },
  endpoints: {
    title: 'Endpoints',
    key: 'endpoints',
    table: ({ clusters, endpoints }) => endpointTable(clusters, endpoints),
  },
  names: { title: 'DNS names', key: 'nameTable', table: (snapshot) => nameTable(snapshot.nameTable) },
};

export function isSection(text: string): text is Section {
  return Object.hasOwn(sectionViews, text);
}
