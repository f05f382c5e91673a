/** What a listener is for: telemetry and headers differ between a workload's callers and its callees. */
export type ListenerClass = 'sidecar-inbound' | 'sidecar-outbound' | 'gateway' | 'waypoint';

/** Reporting as the server of a request; gateways report as clients, waypoints for the servers behind them. */
export const isServer = (listenerClass: ListenerClass): boolean =>
  listenerClass === 'sidecar-inbound' || listenerClass === 'waypoint';
