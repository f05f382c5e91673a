import type { Diagnostic } from '../model/diagnostic.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Snapshot } from '../xds/snapshot.ts';

/** What the administration interface of a live proxy says it has. */
export interface ConfigDump {
  /** What istiod sent, in canonical form; the DNS proxy's table, which Envoy never sees, is empty. */
  readonly snapshot: Snapshot;
  /** Which proxy it is, by the node metadata of its bootstrap. The mesh configuration is not in a dump. */
  readonly scenario: Scenario;
  /** Whether the dump was made with `include_eds`, so that `snapshot.endpoints` means something. */
  readonly hasEndpoints: boolean;
  /** What Envoy refused, and what cannot be told from the dump. */
  readonly diagnostics: readonly Diagnostic[];
}
