import { hostnamesMatch } from '../../model/hostname.ts';
import { isIpAddress } from '../../model/ip-address.ts';
import type { VirtualService } from '../../model/istio/virtual-service.ts';
import { type Field, forEachItem } from '../field.ts';
import { gatewayHostNameProblem, wildcardHostNameProblem } from '../values/host-name.ts';

export function validateVirtualServiceHosts(service: VirtualService, field: Field, forGatewaysOnly: boolean): void {
  const hosts = service.hosts ?? [];
  const matchesSni =
    service.tls?.some((route) => route.match?.some((match) => (match.sniHosts?.length ?? 0) > 0)) ?? false;
  let allValid = true;
  forEachItem(hosts, field, (host, at) => {
    const problem = forGatewaysOnly ? gatewayHostNameProblem(host, matchesSni) : meshHostProblem(host);
    if (problem === undefined || (problem !== everyHost && isIpAddress(host))) return;
    allValid = false;
    at.refuse(problem);
  });
  if (allValid) validateNoOverlap(hosts, field);
}

const everyHost = 'Sidecars need a host; "*" is only for VirtualServices that are bound to gateways without "mesh".';

function meshHostProblem(host: string): string | undefined {
  return host === '*' ? everyHost : wildcardHostNameProblem(host);
}

function validateNoOverlap(hosts: readonly string[], field: Field): void {
  if (hosts.length < 2) return;
  hosts.forEach((host, index) => {
    const earlier = hosts.slice(0, index).find((candidate) => hostnamesMatch(candidate, host));
    if (earlier !== undefined) field.at(index).refuse(`Host "${host}" overlaps "${earlier}"; remove one of them.`);
  });
}
