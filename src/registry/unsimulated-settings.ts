import type { Report } from '../model/diagnostic.ts';
import type { Scenario } from '../model/scenario.ts';
import { simulatedFeatures } from './features.ts';

/** Fields of the mesh configuration that change what istiod sends, but not what the simulation answers. */
const unsimulatedMeshConfig: Readonly<Record<string, string>> = {
  configSources: 'resources are read from the manifests alone',
  discoverySelectors: 'the resources of every namespace count',
  serviceScopeConfigs: 'services of one cluster are never hidden from another',
  serviceSettings: 'there is one cluster, so every service is local to it',
};

/**
 * Says, once for each, which settings of a scenario are left out: a mesh configuration that istiod would act upon, and
 * flags of istiod's environment that the simulation does not know.
 */
export function reportUnsimulatedSettings({ meshConfig, features }: Scenario, report: Report): void {
  for (const [field, value] of Object.entries(meshConfig ?? {})) {
    const instead = Object.hasOwn(unsimulatedMeshConfig, field) ? unsimulatedMeshConfig[field] : undefined;
    if (instead === undefined || (Array.isArray(value) && value.length === 0)) continue;
    const message = `meshConfig.${field} is not simulated: ${instead}.`;
    report({ code: 'not-simulated', severity: 'warning', path: `meshConfig.${field}`, message });
  }
  for (const flag of Object.keys(features ?? {})) {
    if (simulatedFeatures.has(flag)) continue;
    const message = `istiod's environment variable ${flag} is not simulated; istiod's own default is assumed. Simulated are ${[...simulatedFeatures].join(', ')}.`;
    report({ code: 'not-simulated', severity: 'warning', path: `features.${flag}`, message });
  }
}
