import { type ExplainOptions, explain } from '../explain/explain.ts';
import { followUrl, type Onward, type RequestDetails, type Trace } from '../explain/follow-url.ts';
import type { RequestUrl } from '../explain/read-url.ts';
import { type Manifest, readManifests } from '../manifests/read-manifests.ts';
import { forgetful } from '../model/memory.ts';
import type { Request, Scenario } from '../model/scenario.ts';
import { readScenario } from '../registry/read-scenario.ts';
import {
  admit,
  type Intake,
  type OpenTranslation,
  renderFor,
  type Translation,
  translateOpenly,
} from '../translate.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { findHiddenServices } from './find-hidden-services.ts';
import { findProxyAt, findProxyBehind } from './find-proxy.ts';

export interface FollowOptions extends ExplainOptions {
  /** `namespace/name` of the gateway's Service, where the manifests do not tell whose address the endpoint is. */
  readonly via?: string;
}

/** Follows requests of one proxy: the input is read and translated once for all of them. */
export class RequestFollower {
  readonly translation: Translation;
  readonly #translated: OpenTranslation;
  readonly #scenario: Scenario;

  constructor(manifests: string | readonly Manifest[], scenario: Scenario) {
    this.#translated = translateOpenly(manifests, scenario);
    this.translation = this.#translated.translation;
    this.#scenario = scenario;
  }

  /**
   * Follows a URL from the proxy of the scenario on, and where its route leads to a gateway or a waypoint of the same
   * manifests, through that proxy too.
   */
  follow(url: RequestUrl, details: RequestDetails = {}, options: FollowOptions = {}): Trace {
    const { translation, intake, view } = this.#translated;
    const trace = followUrl(translation, url, details, options);
    const { forwarded, cause, outcome } = trace.explanation;
    const unknown = cause !== undefined || outcome === 'virtual-host-not-found';
    const hints = unknown ? findHiddenServices(view, url.host, url.request.port) : [];
    const { requests: _, ...scenario } = this.#scenario;
    const onward = forwarded && followOnward({ intake, scenario, options, left: mostHops }, forwarded);
    return { ...trace, ...(hints.length > 0 && { hints }), ...(onward && { onward }) };
  }
}

const mostHops = 3;

interface Journey {
  readonly intake: Intake;
  readonly scenario: Scenario;
  readonly options: FollowOptions;
  readonly left: number;
}

function followOnward(journey: Journey, request: Request): Onward | undefined {
  const { intake, scenario, options, left } = journey;
  const { via, ...explainOptions } = options;
  const address = request.address ?? '';
  const known = findProxyAt(intake.mesh, address);
  const behind = known || via === undefined ? undefined : findProxyBehind(intake.mesh, via, address);
  const proxy = known ?? behind?.proxy;
  if (!proxy || left === 0) return undefined;
  const explanation = explain(snapshotOf(intake, { ...scenario, proxy }, behind?.pod), request, explainOptions);
  const next = { intake, scenario, options: explainOptions, left: left - 1 };
  const onward = explanation.forwarded && followOnward(next, explanation.forwarded);
  return {
    proxy: `${proxy.namespace}/${proxy.name}`,
    request,
    explanation,
    ...(onward && { onward }),
  };
}

/** What another proxy of the same input is sent. The input is not read again, but registered: it is another cluster's. */
function snapshotOf({ read }: Intake, scenario: Scenario, pod: Manifest | undefined): Snapshot {
  const { proxy, settings } = readScenario(scenario, ignore);
  const { resources, refused } = pod ? readManifests([pod], ignore) : { resources: [], refused: [] };
  const all = { resources: [...read.resources, ...resources], refused: [...read.refused, ...refused] };
  return renderFor(admit(all, settings, forgetful(ignore)).mesh, proxy).snapshot;
}

const ignore = (): void => undefined;
