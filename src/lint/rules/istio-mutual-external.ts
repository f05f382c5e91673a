import { listPorts } from '../applied-policy.ts';
import type { Rule } from '../rule.ts';

export const istioMutualExternal: Rule = {
  code: 'istio-mutual-external',
  severity: 'warning',
  documentation:
    'ISTIO_MUTUAL presents the workload’s own certificate, sends an SNI that only Istio understands (`outbound_.443_._.host`), and trusts nobody but the mesh’s own authority. A server outside the mesh has no certificate of that authority, so the handshake fails. Use SIMPLE, or MUTUAL with a certificate that the server knows. Where the server is part of the mesh, say so: location MESH_INTERNAL.',
  fromProxy: (look) =>
    look.policies.flatMap(({ service, ports, resource, path, settings, clusters }) =>
      settings.tls?.mode === 'ISTIO_MUTUAL' && service.meshExternal && clusters.some((name) => look.cluster(name))
        ? [
            {
              resource,
              path: `${path}.tls.mode`,
              message: `${service.hostname}, ${listPorts(ports)}, lies outside the mesh (MESH_EXTERNAL): its server has no certificate of the mesh’s authority, which ISTIO_MUTUAL expects, and the handshake fails. Use mode SIMPLE or MUTUAL, or location MESH_INTERNAL.`,
            },
          ]
        : [],
    ),
};
