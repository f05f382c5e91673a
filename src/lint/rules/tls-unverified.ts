import type { ClientTLSSettings, TrafficPolicy } from '../../model/istio/destination-rule.ts';
import type { ResourceOf } from '../../model/resource.ts';
import type { Cluster } from '../../xds/types.ts';
import type { Look } from '../look.ts';
import type { Finding, MeshContext, Rule } from '../rule.ts';
import { upstreamTlsOf, verificationOf, verifiesName } from '../upstream-tls.ts';

/** https://istio.io/latest/docs/reference/config/analysis/ist0128/ and ist0129 */
export const tlsUnverified: Rule = {
  code: 'tls-unverified',
  severity: 'warning',
  seeAlso: ['IST0128', 'IST0129'],
  documentation:
    'Modes SIMPLE and MUTUAL without caCertificates used to accept any certificate. Since Istio 1.21 the proxy then trusts the authorities of its image’s operating system, which is right for public servers (reported as information), and wrong for a private authority: such servers are refused. On HTTP ports the certificate must also bear the host that the request asks for; on others nothing compares the name unless subjectAltNames says what to expect. insecureSkipVerify accepts everything.',
  inMesh: (context) =>
    context
      .written('DestinationRule')
      .flatMap((rule) => listTls(rule).flatMap((place) => findAt(context, rule, place) ?? [])),
};

interface Place {
  readonly path: string;
  readonly tls: ClientTLSSettings;
  readonly seeAlso: readonly string[];
}

function listTls({ spec: { trafficPolicy, subsets = [] } }: ResourceOf<'DestinationRule'>): readonly Place[] {
  const of = (policy: TrafficPolicy | undefined, path: string, isSubset: boolean): readonly Place[] => [
    ...(policy?.tls ? [{ path, tls: policy.tls, seeAlso: isSubset ? [] : ['IST0128'] }] : []),
    ...(policy?.portLevelSettings ?? []).flatMap(({ tls }, index) =>
      tls ? [{ path: `${path}.portLevelSettings[${index}]`, tls, seeAlso: isSubset ? [] : ['IST0129'] }] : [],
    ),
  ];
  return [
    ...of(trafficPolicy, 'spec.trafficPolicy', false),
    ...subsets.flatMap((subset, index) => of(subset.trafficPolicy, `spec.subsets[${index}].trafficPolicy`, true)),
  ];
}

function findAt({ looks }: MeshContext, resource: ResourceOf<'DestinationRule'>, place: Place): Finding | undefined {
  const { path, tls, seeAlso } = place;
  const mode = tls.mode ?? 'DISABLE';
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return undefined;
  const usesCredential = Boolean(tls.credentialName) && resource.spec.workloadSelector !== undefined;
  if (!tls.insecureSkipVerify && (tls.caCertificates || usesCredential)) return undefined;
  const clusters = looks.flatMap((look) => clustersAt(look, resource, path));
  const { message, severity } = describe(mode, tls, clusters);
  return { resource, path: `${path}.tls`, message, severity, seeAlso };
}

function clustersAt(look: Look, resource: ResourceOf<'DestinationRule'>, path: string): readonly Cluster[] {
  return look
    .policiesOf(resource)
    .filter((policy) => policy.path === path)
    .flatMap(({ clusters }) => clusters.flatMap((name) => look.cluster(name) ?? []));
}

function describe(
  mode: string,
  { insecureSkipVerify }: ClientTLSSettings,
  clusters: readonly Cluster[],
): Pick<Finding, 'message'> & { readonly severity: 'warning' | 'info' } {
  if (insecureSkipVerify) {
    return {
      severity: 'warning',
      message: `insecureSkipVerify accepts every certificate: whoever answers can read and change what is sent. Set caCertificates (or nothing, to trust the operating system’s authorities) instead.`,
    };
  }
  const unverified = clusters.find((cluster) => {
    const context = upstreamTlsOf(cluster);
    return context && verificationOf(context) === 'none';
  });
  if (unverified) {
    return {
      severity: 'warning',
      message: `Cluster "${unverified.name}" verifies no certificate: whoever answers can read and change what is sent. Set caCertificates.`,
    };
  }
  const nameless = clusters.find((cluster) => {
    const context = upstreamTlsOf(cluster);
    return context && verificationOf(context) === 'system-authorities' && !verifiesName(context, cluster);
  });
  if (nameless) {
    return {
      severity: 'warning',
      message: `Cluster "${nameless.name}" accepts any certificate of a public authority, whatever name it bears: only HTTP requests say which name to expect. Set subjectAltNames.`,
    };
  }
  const refused = clusters.length > 0 && clusters.every((cluster) => upstreamTlsOf(cluster) === undefined);
  return {
    severity: 'info',
    message: refused
      ? `Mode ${mode} without its certificate or authorities is left out: istiod sends no TLS for it to this proxy.`
      : `Without caCertificates, certificates are verified against the authorities of the proxy’s operating system: right for public servers, but one with a certificate of a private authority is refused. Set caCertificates for those.`,
  };
}
