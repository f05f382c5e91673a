import type { Manifest } from '../manifests/manifest.ts';
import type { ProxyScenario, Request, Scenario } from '../model/scenario.ts';

/** A folder with an input and what the proxies make of it. */
export interface GoldenCase {
  /** The folder, relative to the folder of all cases; `.` is that folder itself. */
  readonly folder: string;
  /** Their files are named relative to the case. */
  readonly manifests: readonly Manifest[];
  readonly scenarioFile?: Manifest;
  /** One for each proxy. */
  readonly views: readonly GoldenView[];
}

/** What one proxy gets. */
export interface GoldenView {
  /** Folder of its files inside the case; empty where the case has one proxy. */
  readonly folder: string;
  readonly scenario: Scenario;
  readonly requests: readonly CaseRequest[];
}

/** A request to explain: as `explain` takes it, or a URL. */
export type CaseRequest = Request | string;

/** What `scenario.yaml` of a case may say. */
export interface CaseScenario extends Omit<Scenario, 'requests'> {
  readonly requests?: readonly CaseRequest[];
  /** Several proxies: each has a folder of its name, and adds to the proxy and the requests above. */
  readonly proxies?: Readonly<Record<string, ProxyScenario & { readonly requests?: readonly CaseRequest[] }>>;
}
