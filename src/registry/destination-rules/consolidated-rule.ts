import type { SelectedDestinationRule } from '../proxy-view.ts';

/** A rule as it stands in an index, with whom it is exported to; an empty set is the mesh's default. */
export interface ConsolidatedRule extends SelectedDestinationRule {
  readonly exportTo: ReadonlySet<string>;
}
