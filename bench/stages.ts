/** The pipeline's stages by themselves, for the benchmarks: the library's entry only has the whole. */
export { loadAll } from 'js-yaml';
export { createMesh, diff, explain, influence, lint, translate, why } from '../src/index.ts';
export { keepLatest } from '../src/manifests/keep-latest.ts';
export { readManifests } from '../src/manifests/read-manifests.ts';
export { splitDocuments } from '../src/manifests/split-documents.ts';
export { readScenario } from '../src/registry/read-scenario.ts';
export { registerMesh } from '../src/registry/register-mesh.ts';
export { scopeProxy } from '../src/registry/scope-proxy.ts';
export { buildClusters } from '../src/translation/clusters/build-clusters.ts';
export { buildLoadAssignments } from '../src/translation/endpoints/build-load-assignments.ts';
export { buildListeners } from '../src/translation/listeners/build-listeners.ts';
export { buildNameTable } from '../src/translation/names/build-name-table.ts';
export { buildRouteConfigurations } from '../src/translation/routes/build-route-configurations.ts';
export { validateResources } from '../src/validation/validate-resources.ts';
export { referencedRouteNames } from '../src/xds/referenced-route-names.ts';
