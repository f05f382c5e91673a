export type { Manifest } from './manifests/read-manifests.ts';
export type { Diagnostic, ResourceReference, Severity, SourceRange } from './model/diagnostic.ts';
export { type DiagnosticCode, diagnosticCodes } from './model/diagnostic-code.ts';
export type { IstioVersion, ProxyScenario, Request, Scenario } from './model/scenario.ts';
export { type Translation, translate } from './translate.ts';
export type { NameInfo, NameTable, Snapshot } from './xds/snapshot.ts';
export type { Cluster, ClusterLoadAssignment, Listener, RouteConfiguration } from './xds/types.ts';
