import type { Endpoint } from '../../model/endpoint.ts';
import type { LocalityLbEndpoints } from '../../xds/types.ts';
import { buildLbEndpoint } from './build-lb-endpoint.ts';
import { speaksMutualTls } from './endpoint-mutual-tls.ts';
import { chooseTransport } from './endpoint-transport.ts';
import type { EndpointContext, EndpointPreference, LocalityEndpointsInput } from './locality-endpoints-input.ts';
import type { LocalityGroup } from './locality-group.ts';
import { preferLocalities, tellsEndpointsApart } from './prefer-localities.ts';
import { selectEndpoints } from './select-endpoints.ts';

/**
 * The endpoints of one cluster by locality, in the order of the localities' names.
 * Source: istio `pilot/pkg/xds/endpoints/endpoint_builder.go`, generate.
 */
export function buildLocalityEndpoints(
  context: EndpointContext,
  input: LocalityEndpointsInput,
  preferring?: EndpointPreference,
): readonly LocalityLbEndpoints[] {
  const endpoints = selectEndpoints(context.view, input);
  if (endpoints.length === 0) return nothing;
  // Mostly, all are at one place, and nothing tells them apart.
  if (isOnePlace(endpoints) && !(preferring && tellsEndpointsApart(preferring.preference))) {
    return [buildLocality(context, input, endpoints)];
  }
  const groups = splitByPlace(endpoints).map(
    (group): LocalityGroup => ({
      endpoints: keepReachable(context, input, group),
      lbEndpoints: buildLocality(context, input, group),
    }),
  );
  if (!preferring) return groups.map(({ lbEndpoints }) => lbEndpoints);
  return preferLocalities(groups, preferring.preference, {
    proxy: context.view.proxy,
    knowsLabels: preferring.knowsLabels,
  });
}

const nothing: readonly LocalityLbEndpoints[] = [];

function isOnePlace(endpoints: readonly Endpoint[]): boolean {
  const place = endpoints[0]?.workload.locality;
  for (const { workload } of endpoints) if (workload.locality !== place) return false;
  return true;
}

function splitByPlace(endpoints: readonly Endpoint[]): readonly (readonly Endpoint[])[] {
  const sorted = isSorted(endpoints) ? endpoints : endpoints.toSorted(comparePlaces);
  const groups: (readonly Endpoint[])[] = [];
  let start = 0;
  for (let end = 1; end <= sorted.length; end++) {
    if (sorted[end]?.workload.locality === sorted[start]?.workload.locality) continue;
    groups.push(sorted.slice(start, end));
    start = end;
  }
  return groups;
}

function isSorted(endpoints: readonly Endpoint[]): boolean {
  let last = '';
  for (const { workload } of endpoints) {
    if (workload.locality < last) return false;
    last = workload.locality;
  }
  return true;
}

function comparePlaces({ workload: left }: Endpoint, { workload: right }: Endpoint): number {
  if (left.locality === right.locality) return 0;
  return left.locality < right.locality ? -1 : 1;
}

/** Of endpoints at one place. */
function buildLocality(
  context: EndpointContext,
  input: LocalityEndpointsInput,
  endpoints: readonly Endpoint[],
): LocalityLbEndpoints {
  const locality = context.localities.find(endpoints[0]?.workload.locality ?? '');
  const lbEndpoints = keepReachable(context, input, endpoints).map((endpoint) =>
    buildLbEndpoint(endpoint, chooseTransport(endpoint, input, context)),
  );
  if (lbEndpoints.length === 0) return { locality };
  let weight = 0;
  for (const { loadBalancingWeight = 0 } of lbEndpoints) weight += loadBalancingWeight;
  return { locality, lbEndpoints, loadBalancingWeight: Math.min(weight, largestWeight) };
}

function keepReachable(
  context: EndpointContext,
  input: LocalityEndpointsInput,
  endpoints: readonly Endpoint[],
): readonly Endpoint[] {
  if (!input.passesMutualTls) return endpoints;
  return endpoints.filter((endpoint) => speaksMutualTls(endpoint, input, context));
}

const largestWeight = 4294967295;
