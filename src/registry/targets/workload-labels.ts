import type { Proxy } from '../../model/proxy.ts';
import type { EndpointIndex } from '../endpoints/index-endpoints.ts';
import type { Labels } from '../labels.ts';
import { findPod } from './kubernetes-targets.ts';

/**
 * The labels that the registry knows for the proxy's own workload: those of its pod. They replace what the proxy says of
 * itself. Source: istio `pilot/pkg/model/context.go`, SetWorkloadLabels.
 */
export function findWorkloadLabels(proxy: Proxy, { pods }: EndpointIndex): Labels | undefined {
  const pod = findPod(proxy, { pods });
  return pod && pods.describe(pod, proxy.ips[0]).labels;
}
