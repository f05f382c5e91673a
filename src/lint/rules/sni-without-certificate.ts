import { isWildcard } from '../../model/hostname.ts';
import { isIpAddress } from '../../model/ip-address.ts';
import { isHttp, isTcp, isTls } from '../../model/protocol.ts';
import type { Port } from '../../model/service.ts';
import type { Cluster } from '../../xds/types.ts';
import type { AppliedPolicy } from '../applied-policy.ts';
import { isPrivateName } from '../private-name.ts';
import type { Rule } from '../rule.ts';
import { upstreamTlsOf, verificationOf } from '../upstream-tls.ts';

export const sniWithoutCertificate: Rule = {
  code: 'sni-without-certificate',
  severity: 'warning',
  documentation:
    'A server picks its certificate by the SNI that the proxy sends: tls.sni, or on HTTP ports the host that the request asks for, or on other ports nothing. A wildcard or an IP address is no SNI; a name that was made up for the mesh is in no certificate of a public authority. Set tls.sni (and subjectAltNames) to the name that the server has.',
  fromProxy: (look) =>
    look.policies.flatMap((policy) => {
      const { resource, path, settings, clusters } = policy;
      const { mode, sni } = settings.tls ?? {};
      if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return [];
      const cluster = clusters.flatMap((name) => look.cluster(name) ?? []).find((one) => upstreamTlsOf(one));
      const message = cluster && describe(policy, cluster);
      return message === undefined ? [] : [{ resource, path: `${path}.tls${sni ? '.sni' : ''}`, message }];
    }),
};

function describe({ service, ports, settings }: AppliedPolicy, cluster: Cluster): string | undefined {
  const context = upstreamTlsOf(cluster);
  const { hostname } = service;
  const sni = settings.tls?.sni;
  if (sni) {
    if (isWildcard(sni))
      return `"${sni}" is sent as SNI as it stands; no client may ask for a wildcard, and servers refuse it. Set the name of one server, or leave sni out: the host of each request is sent then.`;
    if (isIpAddress(sni))
      return `"${sni}" is an IP address, and an SNI must be a name: servers ignore or refuse it. Set the name that is in the server’s certificate.`;
    return undefined;
  }
  if (!service.meshExternal || isWildcard(hostname)) return undefined;
  const isPublic = context && verificationOf(context) === 'system-authorities';
  const byHost = ports.filter(({ protocol }) => isHttp(protocol));
  if (byHost.length > 0 && isPublic && isPrivateName(hostname) && !settings.tls?.subjectAltNames?.length)
    return `Requests for "${hostname}" send this name as SNI and expect it in the certificate, but no public authority signs one for it. Set sni and subjectAltNames to the name that the server’s certificate bears.`;
  // What is encrypted already is a finding of its own (double-tls).
  const isSilent = ({ protocol }: Port): boolean => isTcp(protocol) && !isTls(protocol);
  const [first] = ports;
  return first && ports.every(isSilent)
    ? `No SNI is sent to ${hostname}, port ${first.number} (${first.protocol}): outside of HTTP, Envoy knows no name unless sni gives one. A server with several certificates answers with its default one. Set sni: ${hostname}.`
    : undefined;
}
