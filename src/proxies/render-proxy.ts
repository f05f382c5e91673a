import type { ProxyView } from '../registry/proxy-view.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { renderGateway } from './render-gateway.ts';
import { renderSidecar } from './render-sidecar.ts';

/** Builds everything one proxy gets, according to its kind. */
export function renderProxy(view: ProxyView): Snapshot {
  if (view.proxy.type === 'router') return renderGateway(view);
  if (view.proxy.type !== 'sidecar') {
    view.mesh.report({
      code: 'not-simulated',
      severity: 'error',
      message: `Proxies of type "${view.proxy.type}" are not simulated yet; the answer is empty. Use type "sidecar".`,
    });
    return { clusters: [], listeners: [], routes: [], endpoints: [], nameTable: { table: {} } };
  }
  return renderSidecar(view);
}
