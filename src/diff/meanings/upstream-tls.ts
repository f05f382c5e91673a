import type { ChangedResource } from './meaning.ts';

type Cluster = ChangedResource['after'];

interface SubjectMatcher {
  readonly exact?: string;
  readonly prefix?: string;
  readonly suffix?: string;
}
interface ValidationContext {
  readonly trustedCa?: object;
  readonly systemRootCerts?: object;
  readonly matchSubjectAltNames?: readonly SubjectMatcher[];
  readonly matchTypedSubjectAltNames?: readonly { readonly matcher?: SubjectMatcher }[];
}
interface Secret {
  readonly name?: string;
}
interface TlsContext {
  readonly sni?: string;
  readonly autoHostSni?: boolean;
  readonly commonTlsContext?: {
    readonly tlsCertificates?: readonly object[];
    readonly tlsCertificateSdsSecretConfigs?: readonly Secret[];
    readonly validationContext?: ValidationContext;
    readonly validationContextSdsSecretConfig?: Secret;
    readonly combinedValidationContext?: {
      readonly defaultValidationContext?: ValidationContext;
      readonly validationContextSdsSecretConfig?: Secret;
    };
  };
}

/** The TLS context with which a cluster connects, where it always does or where endpoints offer it. */
function tlsContexts(cluster: Cluster): readonly TlsContext[] {
  const sockets = [
    cluster?.transportSocket,
    ...(cluster?.transportSocketMatches ?? []).map((match: Cluster) => match.transportSocket),
  ];
  return sockets.flatMap((socket) =>
    String(socket?.typedConfig?.['@type']).endsWith('.UpstreamTlsContext') ? [socket.typedConfig as TlsContext] : [],
  );
}

/** In words; undefined for plain text. */
export function originatedTls(cluster: Cluster): string | undefined {
  const [context] = tlsContexts(cluster);
  if (context === undefined) return undefined;
  const matched = (cluster.transportSocketMatches ?? []).length > 0;
  return `${kindOf(context)}${matched ? ' where the endpoint offers it' : ''}`;
}

/** istiod names the workload's own certificate "default". */
function kindOf({ commonTlsContext: common }: TlsContext): string {
  const secrets = common?.tlsCertificateSdsSecretConfigs ?? [];
  if (secrets.some(({ name }) => name === 'default')) return "Istio's mutual TLS";
  return secrets.length > 0 || common?.tlsCertificates !== undefined ? 'mutual TLS' : 'TLS';
}

export function verifiesServer(cluster: Cluster): boolean {
  return tlsContexts(cluster).some(({ commonTlsContext: common }) => {
    const contexts = [common?.validationContext, common?.combinedValidationContext?.defaultValidationContext];
    return (
      common?.validationContextSdsSecretConfig !== undefined ||
      common?.combinedValidationContext?.validationContextSdsSecretConfig !== undefined ||
      contexts.some((context) => context?.trustedCa !== undefined || context?.systemRootCerts !== undefined)
    );
  });
}

/** The names of which a server's certificate must have one; undefined where any will do. */
export function acceptedNames(cluster: Cluster): string | undefined {
  const names = tlsContexts(cluster).flatMap(({ commonTlsContext: common }) =>
    [common?.validationContext, common?.combinedValidationContext?.defaultValidationContext].flatMap((context) => [
      ...(context?.matchSubjectAltNames ?? []).map(textOf),
      ...(context?.matchTypedSubjectAltNames ?? []).map(({ matcher }) => textOf(matcher ?? {})),
    ]),
  );
  return names.length === 0 ? undefined : [...new Set(names)].sort().join(' or ');
}

function textOf({ exact, prefix, suffix }: SubjectMatcher): string {
  return exact ?? (prefix === undefined ? `*${suffix ?? ''}` : `${prefix}*`);
}

export function serverNameSent(cluster: Cluster): string | undefined {
  const [context] = tlsContexts(cluster);
  return context?.sni ?? (context?.autoHostSni ? "of the request's host" : undefined);
}
