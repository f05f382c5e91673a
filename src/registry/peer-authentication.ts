import type { PeerAuthentication } from '../model/istio/peer-authentication.ts';
import type { Metadata } from '../model/resource.ts';

/** What a workload accepts: plain text only, both, or mutual TLS only. */
export type MutualTlsMode = 'DISABLE' | 'PERMISSIVE' | 'STRICT';

/** The mode of a workload and of those of its ports that have one of their own. */
export interface WorkloadMutualTls {
  readonly mode: MutualTlsMode;
  readonly portModes: ReadonlyMap<number, MutualTlsMode>;
}

export interface PeerAuthentications {
  /** The mode set for a namespace or the whole mesh; absent where no such policy exists. */
  modeOfNamespace(namespace: string): MutualTlsMode | undefined;
  /** The mode of one workload, with workload and port policies; PERMISSIVE where nothing is set. */
  modeOfWorkload(namespace: string, labels: Readonly<Record<string, string>>): WorkloadMutualTls;
}

interface Policy {
  readonly metadata: Metadata;
  readonly spec: PeerAuthentication;
}

/**
 * Indexes PeerAuthentications the way istiod does: one policy without a selector counts for each namespace (the oldest),
 * that of the root namespace for the whole mesh; an unset mode is inherited from the wider scope.
 *
 * `policies` must be in istiod's order: creation time, then name, then namespace.
 * Source: istio `pilot/pkg/model/authentication.go` and `pilot/pkg/security/authn/policy_applier.go`.
 */
export function indexPeerAuthentications(policies: readonly Policy[], rootNamespace: string): PeerAuthentications {
  const ofNamespace = new Map<string, MutualTlsMode | undefined>();
  const ofWorkloads = new Map<string, PeerAuthentication[]>();
  for (const { metadata, spec } of policies) {
    const { namespace } = metadata;
    if (!selectsWorkloads(spec)) {
      if (!ofNamespace.has(namespace)) ofNamespace.set(namespace, explicitMode(spec.mtls?.mode));
    } else if (namespace !== rootNamespace) {
      const listed = ofWorkloads.get(namespace);
      if (listed) listed.push(spec);
      else ofWorkloads.set(namespace, [spec]);
    }
  }
  const hasMeshPolicy = ofNamespace.has(rootNamespace);
  const meshMode = ofNamespace.get(rootNamespace) ?? 'PERMISSIVE';

  const modeOfNamespace = (namespace: string): MutualTlsMode | undefined => {
    if (ofNamespace.has(namespace)) return ofNamespace.get(namespace) ?? meshMode;
    return hasMeshPolicy ? meshMode : undefined;
  };
  return {
    modeOfNamespace,
    modeOfWorkload(namespace, labels) {
      const inherited = modeOfNamespace(namespace) ?? 'PERMISSIVE';
      const oldest = ofWorkloads.get(namespace)?.find(({ selector }) => isSubset(selector?.matchLabels ?? {}, labels));
      const mode = explicitMode(oldest?.mtls?.mode) ?? inherited;
      const portModes = Object.entries(oldest?.portLevelMtls ?? {}).map(
        ([port, mtls]) => [Number(port), explicitMode(mtls.mode) ?? mode] as const,
      );
      return { mode, portModes: new Map(portModes) };
    },
  };
}

export function modeOfPort({ mode, portModes }: WorkloadMutualTls, port: number): MutualTlsMode {
  return portModes.get(port) ?? mode;
}

function selectsWorkloads({ selector }: PeerAuthentication): boolean {
  return Object.keys(selector?.matchLabels ?? {}).length > 0;
}

function explicitMode(mode: string | undefined): MutualTlsMode | undefined {
  return mode === 'DISABLE' || mode === 'PERMISSIVE' || mode === 'STRICT' ? mode : undefined;
}

function isSubset(wanted: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
