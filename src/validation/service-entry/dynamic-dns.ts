import { isWildcard } from '../../model/hostname.ts';
import type { ServiceEntry } from '../../model/istio/service-entry.ts';
import { parseProtocol } from '../../model/protocol.ts';
import type { Metadata } from '../../model/resource.ts';
import type { Admission, AdmissionRules } from '../admission-rules.ts';
import { type Field, forEachItem } from '../field.ts';

/** Checks a ServiceEntry with resolution DYNAMIC_DNS: Envoy looks up the very name that the client asked for. */
export function validateDynamicDns(entry: ServiceEntry, field: Field, admission: Admission): void {
  forEachItem(entry.hosts, field.at('hosts'), (host, at) => {
    if (!isWildcard(host)) at.refuse(`Resolution DYNAMIC_DNS is for wildcard hosts; set resolution DNS for "${host}".`);
  });
  if ((entry.addresses?.length ?? 0) > 0) {
    field.at('addresses').refuse('Resolution DYNAMIC_DNS routes by host name; remove the addresses.');
  }
  if ((entry.endpoints?.length ?? 0) > 0) {
    field.at('endpoints').refuse('Resolution DYNAMIC_DNS finds the endpoint by host name; remove the endpoints.');
  }
  validateProtocols(entry, field.at('ports'), admission.rules);
  validateLocation(entry, field.at('location'), admission);
}

function validateProtocols(entry: ServiceEntry, field: Field, rules: AdmissionRules): void {
  forEachItem(entry.ports, field, (port, at) => {
    const protocol = parseProtocol(port.protocol ?? '');
    if (protocol === 'HTTP' || protocol === 'TLS') return;
    const { dynamicDnsTakesHttp2 } = rules.profile;
    if (dynamicDnsTakesHttp2 && (protocol === 'GRPC' || protocol === 'HTTP2')) return;
    const usable = dynamicDnsTakesHttp2 ? 'HTTP, TLS, GRPC, HTTP2' : 'HTTP, TLS';
    at.at('protocol').refuse(`Resolution DYNAMIC_DNS needs one of the protocols ${usable}.`);
  });
}

function validateLocation(entry: ServiceEntry, field: Field, { metadata, rules }: Admission): void {
  if (entry.location !== 'MESH_INTERNAL') return;
  if (!rules.profile.dynamicDnsMayBeInternal) field.refuse('Resolution DYNAMIC_DNS needs location MESH_EXTERNAL.');
  else if (usesWaypoint(metadata)) {
    field.refuse('Behind a waypoint, resolution DYNAMIC_DNS needs location MESH_EXTERNAL.');
  }
}

function usesWaypoint(metadata: Metadata): boolean {
  const waypoint = metadata.labels['istio.io/use-waypoint'] ?? '';
  return waypoint !== '' && waypoint.toLowerCase() !== 'none';
}
