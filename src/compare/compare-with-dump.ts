import { diff } from '../diff/diff.ts';
import { asDumped } from '../dump/as-dumped.ts';
import type { ConfigDump } from '../dump/config-dump.ts';
import { findCauses } from '../influence/find-causes.ts';
import type { Scenario } from '../model/scenario.ts';
import { translate } from '../translate.ts';
import type { Comparison, MeshInput } from './compare-inputs.ts';

/**
 * Compares what a live proxy has with what it would get from an input. Who asks is told by the dump; what it cannot
 * tell, such as the mesh configuration, by the input's scenario, which also overrules the dump.
 */
export function compareWithDump(dump: ConfigDump, { manifests, scenario, scenarioFile }: MeshInput): Comparison {
  const asked = mergeScenarios(dump.scenario, scenario);
  const simulated = asDumped(translate(manifests, asked));
  const { endpoints } = dump.hasEndpoints ? simulated : dump.snapshot;
  const differences = diff(dump.snapshot, { ...simulated, endpoints });
  const causes = findCauses(differences, manifests, asked, scenarioFile && { scenarioFile });
  return { differences, causes, audiences: new Map(), pointsOfView: asked.proxy ? [asked.proxy] : [], leftOut: 0 };
}

function mergeScenarios(dumped: Scenario, given: Scenario): Scenario {
  const metadata = { ...dumped.proxy?.metadata, ...given.proxy?.metadata };
  return { ...dumped, ...given, proxy: { ...dumped.proxy, ...given.proxy, metadata } };
}
