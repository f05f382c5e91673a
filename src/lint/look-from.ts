import type { Diagnostic, Report } from '../model/diagnostic.ts';
import type { Mesh } from '../registry/mesh.ts';
import { renderFor } from '../translate.ts';
import type { Observer } from './choose-observers.ts';
import type { FindingCollector } from './finding-collector.ts';
import { Look, type LookInput } from './look.ts';

/** Renders what one proxy gets; what the translation says on the way holds for that proxy. */
export function lookFrom(
  mesh: Mesh,
  { audience, proxy, requests, isAsked }: Observer,
  { collector, otherVersions }: { readonly collector: FindingCollector } & Pick<LookInput, 'otherVersions'>,
): Look {
  const report: Report = (diagnostic) => {
    // A gateway that stands for those that Gateways select need not have a pod in the input.
    if (!isAsked && diagnostic.code === 'pod-missing') return;
    if (!isSaidByRule(diagnostic)) collector.add(diagnostic, audience);
  };
  return new Look(audience, {
    ...renderFor({ ...mesh, report }, proxy),
    requests,
    ...(otherVersions && { otherVersions }),
  });
}

/**
 * A rule finds the very field for what the translation only knows of a VirtualService as a whole, and for every proxy what
 * the translation says to gateways alone.
 */
function isSaidByRule({ code, resource }: Diagnostic): boolean {
  return (code === 'unknown-destination' && resource?.kind === 'VirtualService') || code === 'gateway-unknown';
}
