import { type Locality, parseLocality } from '../model/locality.ts';
import type { Proxy } from '../model/proxy.ts';
import type { Labels } from './labels.ts';

/** Where a workload runs. */
export interface Place {
  readonly locality: Locality;
  readonly clusterId: string;
  readonly network: string;
  readonly nodeName?: string;
}

/** The labels istiod adds to those of a workload. Source: istio `pilot/pkg/serviceregistry/util/label/label.go`, AugmentLabels. */
export function augmentLabels(labels: Labels, { locality, clusterId, network, nodeName }: Place): Labels {
  const { region, zone, subZone } = locality;
  // To a mere copy V8 adds fields slowly, so that one of them comes first. It is set again below: the own label is none.
  const augmented: Record<string, string> = clusterId
    ? { 'topology.istio.io/cluster': clusterId, ...labels }
    : { ...labels };
  if (region) augmented['topology.kubernetes.io/region'] = region;
  if (zone) augmented['topology.kubernetes.io/zone'] = zone;
  if (subZone) augmented['topology.istio.io/subzone'] = subZone;
  if (clusterId) augmented['topology.istio.io/cluster'] = clusterId;
  if (nodeName) augmented['kubernetes.io/hostname'] = nodeName;
  if (network && !labels['topology.istio.io/network']) augmented['topology.istio.io/network'] = network;
  return augmented;
}

/** A label cannot contain `/`, so that `.` stands for it. Source: istio `pkg/model/proxy.go`, SanitizeLocalityLabel. */
export function localityOfLabels(labels: Labels): string {
  const text = localityLabel(labels);
  return text.includes('/') ? text : text.replaceAll('.', '/');
}

function localityLabel(labels: Labels): string {
  return labels['topology.istio.io/locality'] ?? labels['istio-locality'] ?? '';
}

/**
 * Puts a proxy in its place: its labels say where it runs, before what it says of itself.
 * Source: istio `pilot/pkg/xds/ads.go`, setTopologyLabels.
 */
export function placeProxy(proxy: Proxy, registered: Labels | undefined): Proxy {
  const labels = registered ?? proxy.labels;
  const locality = topologyOf(labels) ?? proxy.locality;
  const { clusterId, network } = proxy;
  const nodeName = String(proxy.metadata['NODE_NAME'] ?? '');
  return { ...proxy, locality, labels: augmentLabels(labels, { locality, clusterId, network, nodeName }) };
}

function topologyOf(labels: Labels): Locality | undefined {
  const region = labels['topology.kubernetes.io/region'];
  const zone = labels['topology.kubernetes.io/zone'];
  const subZone = labels['topology.istio.io/subzone'];
  if (region !== undefined || zone !== undefined || subZone !== undefined) {
    return { region: region ?? '', zone: zone ?? '', subZone: subZone ?? '' };
  }
  // For a proxy, unlike for an endpoint, istiod takes the label as it is: `a.b.c` is a region.
  const text = localityLabel(labels);
  return text === '' ? undefined : parseLocality(text);
}
