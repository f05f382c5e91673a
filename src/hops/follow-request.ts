import { type ExplainOptions, explain } from '../explain/explain.ts';
import { followUrl, type Onward, type RequestDetails, type Trace } from '../explain/follow-url.ts';
import type { RequestUrl } from '../explain/read-url.ts';
import type { Manifest } from '../manifests/read-manifests.ts';
import type { Request, Scenario } from '../model/scenario.ts';
import type { Mesh } from '../registry/mesh.ts';
import { scopeProxy } from '../registry/scope-proxy.ts';
import { type Translation, takeIn, translate } from '../translate.ts';
import { findHiddenServices } from './find-hidden-services.ts';
import { findProxyAt, findProxyBehind } from './find-proxy.ts';

export interface FollowOptions extends ExplainOptions {
  /** `namespace/name` of the gateway's Service, where the manifests do not tell whose address the endpoint is. */
  readonly via?: string;
}

export interface FollowedRequest {
  readonly trace: Trace;
  /** Of the first proxy. */
  readonly translation: Translation;
}

/**
 * Follows a URL from the proxy of the scenario on, and where its route leads to a gateway or a waypoint of the same
 * manifests, through that proxy too.
 */
export function followRequest(
  manifests: string | readonly Manifest[],
  scenario: Scenario,
  url: RequestUrl,
  details: RequestDetails = {},
  options: FollowOptions = {},
): FollowedRequest {
  const translation = translate(manifests, scenario);
  const trace = followUrl(translation, url, details, options);
  const { mesh, proxy } = takeIn(manifests, scenario, () => {});
  const { forwarded, cause, outcome } = trace.explanation;
  const unknown = cause !== undefined || outcome === 'virtual-host-not-found';
  const hints = unknown ? findHiddenServices(scopeProxy(mesh, proxy), url.host, url.request.port) : [];
  const journey = { manifests, scenario, mesh, options, left: mostHops };
  const onward = forwarded && followOnward(journey, forwarded);
  return { trace: { ...trace, ...(hints.length > 0 && { hints }), ...(onward && { onward }) }, translation };
}

const mostHops = 3;

interface Journey {
  readonly manifests: string | readonly Manifest[];
  readonly scenario: Scenario;
  readonly mesh: Mesh;
  readonly options: FollowOptions;
  readonly left: number;
}

function followOnward(journey: Journey, request: Request): Onward | undefined {
  const { manifests, scenario, mesh, options, left } = journey;
  const { via, ...explainOptions } = options;
  const address = request.address ?? '';
  const known = findProxyAt(mesh, address);
  const behind = known || via === undefined ? undefined : findProxyBehind(mesh, via, address);
  const proxy = known ?? behind?.proxy;
  if (!proxy || left === 0) return undefined;
  const { requests: _, ...rest } = scenario;
  const snapshot = translate(behind ? [...listManifests(manifests), behind.pod] : manifests, { ...rest, proxy });
  const explanation = explain(snapshot, request, explainOptions);
  const next = { manifests, scenario, mesh, options: explainOptions, left: left - 1 };
  const onward = explanation.forwarded && followOnward(next, explanation.forwarded);
  return {
    proxy: `${proxy.namespace}/${proxy.name}`,
    request,
    explanation,
    ...(onward && { onward }),
  };
}

function listManifests(manifests: string | readonly Manifest[]): readonly Manifest[] {
  return typeof manifests === 'string' ? [{ file: 'manifests', text: manifests }] : manifests;
}
