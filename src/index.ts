/**
 * What istiod sends to a proxy, and where a connection goes. No I/O: it runs in a browser as it is.
 *
 * @module xdsim
 */
export { type Comparison, compareInputs, type MeshInput } from './compare/compare-inputs.ts';
export { compareWithDump } from './compare/compare-with-dump.ts';
export { diff } from './diff/diff.ts';
export { type Difference, type FieldChange, type Section, sections } from './diff/difference.ts';
export { type FoundValue, findValue } from './diff/find-value.ts';
export { type DifferenceGroup, groupDifferences } from './diff/group-differences.ts';
export { asDumped } from './dump/as-dumped.ts';
export type { ConfigDump } from './dump/config-dump.ts';
export { readConfigDump } from './dump/read-config-dump.ts';
export { type CauseCode, type CauseDescription, causes } from './explain/causes.ts';
export { explain } from './explain/explain.ts';
export type * from './explain/explanation.ts';
export { type OutcomeCode, type OutcomeDescription, outcomes } from './explain/outcomes.ts';
export type { Resolution } from './explain/resolution.ts';
export { resolve } from './explain/resolve.ts';
export { type Effect, effectsOf } from './influence/effect.ts';
export { type CauseOptions, type Causes, findCauses } from './influence/find-causes.ts';
export type { Variation } from './influence/find-variations.ts';
export { type FieldInfluence, type Influence, type InfluenceOptions, influence } from './influence/influence.ts';
export type { InputField } from './influence/input-field.ts';
export { fieldsThatShape } from './influence/queries.ts';
export { type Alternative, type ShapingField, type Why, why } from './influence/why.ts';
export { type DescribedCode, describeCode, describeCodes } from './lint/describe-code.ts';
export { type LintOptions, lint } from './lint/lint.ts';
export { createMesh, type LiveMesh } from './live/create-mesh.ts';
export type { Changes } from './live/manifest-files.ts';
export type { Manifest } from './manifests/read-manifests.ts';
export type { Diagnostic, ResourceReference, Severity, SourceRange } from './model/diagnostic.ts';
export { type DiagnosticCode, diagnosticCodes } from './model/diagnostic-code.ts';
export type { FieldPath } from './model/field-path.ts';
export type { IstioVersion, ProxyScenario, Request, Scenario } from './model/scenario.ts';
export { type Translation, translate } from './translate.ts';
export type { NameInfo, NameTable, Snapshot } from './xds/snapshot.ts';
export type { Cluster, ClusterLoadAssignment, Listener, RouteConfiguration } from './xds/types.ts';
