import type { ResourceOf } from '../../model/resource.ts';
import { isEligible } from '../../registry/allocation/is-eligible.ts';
import type { Look } from '../look.ts';
import type { Rule } from '../rule.ts';

const label = 'networking.istio.io/enable-autoallocate-ip';

export const allocatedAddressUnused: Rule = {
  code: 'allocated-address-unused',
  severity: 'warning',
  seeAlso: ['IST0134'],
  documentation:
    'An address that istiod allocates only helps where the application gets it as the answer of its DNS lookup, and that answer comes from the DNS proxy of the sidecar. Without DNS capture the application asks the cluster’s DNS, connects to what that says, and no listener for the allocated address is sent. Set `ISTIO_META_DNS_CAPTURE: "true"` in `meshConfig.defaultConfig.proxyMetadata`, or in the annotation `proxy.istio.io/config` of the workload.',
  fromProxy: (look) => {
    if (!look.isSidecar || look.view.proxy.dnsCapture) return [];
    return look.view.services.flatMap(({ hostname, origin, allocatedAddresses }) => {
      if (origin.kind !== 'ServiceEntry' || allocatedAddresses.length === 0) return [];
      const path = whereAsked(look, origin);
      if (path === undefined) return [];
      return [
        {
          resource: origin,
          path,
          message: `istiod allocates ${allocatedAddresses[0]} to ${hostname}, but the proxy does not answer DNS queries: applications never learn the address, and no listener is sent for it. Turn on DNS capture (ISTIO_META_DNS_CAPTURE), or set spec.addresses.`,
        },
      ];
    });
  },
};

/** Allocation is the default: only who asks for it in particular is likely to count on it. */
function whereAsked({ view }: Look, entry: ResourceOf<'ServiceEntry'>): string | undefined {
  if (!isEligible(entry)) return undefined;
  if (entry.metadata.labels[label]?.toLowerCase() === 'true') return `metadata.labels["${label}"]`;
  if (view.proxy.dnsAutoAllocate) return 'spec.hosts';
  return entry.status.addresses?.length ? 'status.addresses' : undefined;
}
