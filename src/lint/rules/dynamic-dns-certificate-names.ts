import { isWildcard } from '../../model/hostname.ts';
import { listPorts } from '../applied-policy.ts';
import type { Rule } from '../rule.ts';
import { httpOptionsOf, isDynamicForwardProxyCluster, upstreamTlsOf } from '../upstream-tls.ts';

export const dynamicDnsCertificateNames: Rule = {
  code: 'dynamic-dns-certificate-names',
  severity: 'warning',
  documentation:
    'A dynamic forward proxy has no fixed upstream, so Envoy insists that the certificate bears the very DNS name that the request asked for (auto_san_validation). The certificates that Istio gives workloads bear a SPIFFE URI and no DNS name: with ISTIO_MUTUAL every handshake fails. Servers need certificates with DNS names, for example of a certificate manager of your own, and the mode MUTUAL.',
  fromProxy: (look) =>
    look.policies.flatMap(({ service, ports, resource, path, settings, clusters }) => {
      const mode = settings.tls?.mode;
      if ((mode !== 'ISTIO_MUTUAL' && mode !== 'MUTUAL') || !isWildcard(service.hostname)) return [];
      const checks = clusters.some((name) => {
        const cluster = look.cluster(name);
        if (!cluster || !isDynamicForwardProxyCluster(cluster) || !upstreamTlsOf(cluster)) return false;
        return httpOptionsOf(cluster)?.autoSanValidation === true;
      });
      if (!checks) return [];
      const isIstios = mode === 'ISTIO_MUTUAL';
      return [
        {
          resource,
          path: `${path}.tls.mode`,
          severity: isIstios ? 'warning' : 'info',
          message: `Servers of ${service.hostname}, ${listPorts(ports)}, must show a certificate with the DNS name that was asked for, because a dynamic forward proxy checks it. ${isIstios ? 'Certificates of Istio’s workloads bear none (only a SPIFFE URI), so the handshake fails: use MUTUAL with certificates that have DNS names.' : 'See that their certificates have it as a subject alternative name.'}`,
        },
      ];
    }),
};
