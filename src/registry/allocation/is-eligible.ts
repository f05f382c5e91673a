import type { ResourceOf } from '../../model/resource.ts';

/**
 * Whether istiod gives an entry addresses of its own: where a connection to them can be led on (not with resolution
 * NONE), the user gave none, and did not opt out.
 * Source: istio `pilot/pkg/networking/serviceentry/ip_autoallocation.go`, ShouldV2AutoAllocateIP.
 */
export function isEligible({ metadata, spec }: ResourceOf<'ServiceEntry'>): boolean {
  if ((spec.resolution ?? 'NONE') === 'NONE') return false;
  if (metadata.labels['networking.istio.io/enable-autoallocate-ip']?.toLowerCase() === 'false') return false;
  return !spec.addresses?.length;
}
