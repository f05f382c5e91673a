import type { Mesh } from '../registry/mesh.ts';
import { renderFor } from '../translate.ts';
import type { Observer } from './choose-observers.ts';
import type { FindingCollector } from './finding-collector.ts';
import { Look } from './look.ts';

/** Renders what one proxy gets; what the translation says on the way holds for that proxy. */
export function lookFrom(mesh: Mesh, { audience, proxy }: Observer, collector: FindingCollector): Look {
  const { view, snapshot } = renderFor({ ...mesh, report: (diagnostic) => collector.add(diagnostic, audience) }, proxy);
  return new Look(audience, view, snapshot);
}
