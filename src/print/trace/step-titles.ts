import type { Step } from '../../explain/explanation.ts';

/** What a station on a connection's way is called in a drawing. */
export const stepTitles: Readonly<Record<Step['kind'], string>> = {
  interception: 'Interception',
  listener: 'Listener',
  'listener-filters': 'Inspection',
  'filter-chain': 'Filter chain',
  'network-filters': 'Network filters',
  'virtual-host': 'Virtual host',
  route: 'Route',
  action: 'Action',
  cluster: 'Cluster',
  endpoints: 'Endpoints',
  'internal-listener': 'Internal listener',
};
