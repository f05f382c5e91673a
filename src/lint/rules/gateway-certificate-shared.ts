import type { ServerTLSSettings } from '../../model/istio/gateway.ts';
import { type ResourceOf, referenceOf } from '../../model/resource.ts';
import { hasLabels } from '../../registry/labels.ts';
import type { Finding, Rule } from '../rule.ts';

type Gateway = ResourceOf<'Gateway'>;

/** https://istio.io/latest/docs/reference/config/analysis/ist0138/ */
export const gatewayCertificateShared: Rule = {
  code: 'gateway-certificate-shared',
  severity: 'warning',
  seeAlso: ['IST0138'],
  documentation:
    'Two Gateways of one workload show the same certificate for different hosts. A browser that speaks HTTP/2 reuses a connection for every host that the certificate names; its request for the second host then arrives at the filter chain of the first, which has no route for it, and is answered with 404. Put the hosts into one server, or give each host a certificate of its own.',
  inMesh: ({ written }) => {
    const gateways = written('Gateway');
    return gateways.flatMap((gateway) =>
      gateways.flatMap((other) => (other === gateway ? [] : compare(gateway, other))),
    );
  },
};

function compare(gateway: Gateway, other: Gateway): readonly Finding[] {
  // The other one is for the same workloads, or for some of them.
  if (!hasLabels(other.spec.selector ?? {}, gateway.spec.selector ?? {})) return [];
  const theirs = (other.spec.servers ?? []).flatMap(({ tls }) => tls ?? []);
  const index = (gateway.spec.servers ?? []).findIndex(({ tls }) => tls && theirs.some((one) => isSame(tls, one)));
  if (index < 0) return [];
  const name = `${other.metadata.namespace}/${other.metadata.name}`;
  return [
    {
      resource: gateway,
      path: `spec.servers[${index}].tls`,
      message: `Gateway ${name} is for the same workloads and shows the same certificate: clients that reuse an HTTP/2 connection for both ask one for the hosts of the other, and are answered with 404. Put the hosts into one server, or use a certificate for each.`,
      related: [{ message: 'shows the same certificate', resource: referenceOf(other) }],
    },
  ];
}

function isSame(left: ServerTLSSettings, right: ServerTLSSettings): boolean {
  if (left.credentialName || right.credentialName) return left.credentialName === right.credentialName;
  return (
    Boolean(left.serverCertificate && left.privateKey) &&
    left.serverCertificate === right.serverCertificate &&
    left.privateKey === right.privateKey
  );
}
