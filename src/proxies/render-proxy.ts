import type { ProxyView } from '../registry/proxy-view.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { renderGateway } from './render-gateway.ts';
import { renderSidecar } from './render-sidecar.ts';
import { renderWaypoint } from './render-waypoint.ts';

/** Builds everything one proxy gets, according to its kind. */
export function renderProxy(view: ProxyView): Snapshot {
  switch (view.proxy.type) {
    case 'router':
      return renderGateway(view);
    case 'waypoint':
      return renderWaypoint(view);
    case 'sidecar':
      return renderSidecar(view);
  }
}
