import type { Report } from '../model/diagnostic.ts';
import type { PatchContext } from '../model/istio/envoy-filter.ts';
import type { ProxyType } from '../model/proxy.ts';
import type { Patch } from './patch.ts';

const contextsOf: Readonly<Record<ProxyType, readonly PatchContext[]>> = {
  sidecar: ['ANY', 'SIDECAR_INBOUND', 'SIDECAR_OUTBOUND'],
  router: ['ANY', 'GATEWAY'],
  waypoint: ['ANY', 'SIDECAR_INBOUND', 'SIDECAR_OUTBOUND', 'WAYPOINT'],
};

/** A patch for proxies of another kind is not meant for this one; every other one should change something. */
export function reportUnused(patches: readonly Patch[], proxyType: ProxyType, report: Report): void {
  for (const { applyTo, operation, match, origin } of patches) {
    if (!contextsOf[proxyType].includes(match.context ?? 'ANY')) continue;
    report({
      code: 'envoy-filter-no-effect',
      severity: 'warning',
      message: `Of what the proxy is sent, nothing matches this patch (${operation} of ${applyTo}). Compare its match with the names and ports in the output.`,
      resource: origin.resource,
      path: origin.path,
    });
  }
}
